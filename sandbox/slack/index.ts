import express from 'express';
import { control, serve, type StandIn } from '../kit.ts';
import { chat } from './api/chat.ts';
import { conversations } from './api/conversations.ts';
import { people } from './api/people.ts';
import { Refusal } from './api/refusal.ts';
import { webApi, type Methods } from './api/router.ts';
import { surfaces } from './api/surfaces.ts';
import { uploads } from './api/uploads.ts';
import { makeDelivery } from './delivery/deliver.ts';
import { makeHttpTransport } from './delivery/http.ts';
import { responseUrls } from './delivery/response-url.ts';
import { makeSocketMode } from './delivery/socket.ts';
import { live } from './page-api/live.ts';
import { personRoutes } from './page-api/routes.ts';
import { makeFaults, type Fault } from './faults.ts';
import { fileAddresses } from './files.ts';
import { makeLimits } from './limits.ts';
import { withDefaults, type HttpTarget, type SlackOptions } from './options.ts';
import { servePage } from './page/serve.ts';
import type { Stats } from './stats.ts';
import { makeWorld } from './world.ts';

export type { SlackOptions, HttpTarget, ChannelSeed } from './options.ts';
export type { Fault } from './faults.ts';
export type { Stats } from './stats.ts';
export type { Command, User } from './types.ts';

export type SlackStandIn = StandIn & {
  /** What `SLACK_API_URL` is set to. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  /** Turns HTTP mode on (or off, with `undefined`) after the start: the app's address may not be known before. */
  useHttp(target: HttpTarget | undefined): void;
  stats(): Stats;
  fault(fault: Fault): void;
  reset(): void;
};

/** A Slack workspace with an address: Web API, Socket Mode or HTTP deliveries, and a page at `/`. */
export async function startSlack(options: SlackOptions = {}): Promise<SlackStandIn> {
  const settings = withDefaults(options);
  const world = makeWorld(settings);
  const faults = makeFaults();
  const limits = makeLimits(world);
  let http = settings.http;

  const app = express();
  app.disable('x-powered-by');
  const standIn = await serve('slack', app, settings.port);
  world.url = standIn.url;
  const sockets = makeSocketMode(standIn.server, world, () => faults.down);
  const httpTransport = makeHttpTransport(() => http);
  const delivery = makeDelivery(world, faults, () => (http ? httpTransport : sockets));
  const connections: Methods = {
    'apps.connections.open': () => {
      if (http) throw new Refusal('access_denied');
      return { url: sockets.newUrl() };
    },
  };
  const methods = { ...chat, ...conversations, ...people, ...surfaces, ...uploads, ...connections };

  const stats = (): Stats => ({
    ...world.stats,
    sockets: { ...world.stats.sockets, open: sockets.connections() },
  });
  const fault = (given: Fault) => {
    faults.add(given);
    if ('rateLimits' in given) limits.enabled = given.rateLimits === 'on';
    if ('disconnect' in given) sockets.disconnect(given.disconnect);
    if (('down' in given && given.down) || 'refuseMs' in given) sockets.disconnect('drop');
    if ('is' in given) close(given.channel, given.is);
    if ('refuseMs' in given) standIn.refuse(given.refuseMs);
  };
  const close = (id: string, how: 'archived' | 'closed to the app') => {
    const channel = world.channels.get(id);
    if (how === 'archived' && channel) channel.archived = true;
    else channel?.members.delete(settings.app.botUser);
  };
  const reset = () => {
    faults.reset();
    limits.reset();
    world.reset();
  };

  // Down means down for the app; the page and the controls stay, or nobody could look or bring it back.
  app.use(['/api', '/hooks', '/upload'], (request, _response, next) => {
    if (faults.down) request.socket.destroy();
    else next();
  });
  webApi(app, world, { faults, limits, methods });
  responseUrls(app, world, faults);
  fileAddresses(app, world, faults);
  personRoutes(app, world, delivery);
  const hangUp = live(app, world);
  control(app, { stats, fault: (given) => fault(given as Fault), reset });
  servePage(app, world);

  return {
    name: standIn.name,
    url: standIn.url,
    apiUrl: `${standIn.url}/api/`,
    botToken: settings.botToken,
    appToken: settings.appToken,
    useHttp: (target) => (http = target),
    stats,
    fault,
    reset,
    close: async () => {
      world.stop();
      hangUp();
      await sockets.close();
      await standIn.close();
    },
  };
}
