import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Delivery } from '../delivery/deliver.ts';
import { dropMessage, messagesOf } from '../messages.ts';
import type { Block } from '../types.ts';
import { viewJson } from '../views.ts';
import { directMessage, type World } from '../world.ts';
import { act, containerAt, suggest } from './acting.ts';
import { dismiss, fill, submit, topModal } from './modals.ts';
import { Problem } from './problem.ts';
import { channelsFor, filesFor, homeFor, messagesFor, modalsFor, workspaceFor } from './reading.ts';
import { say } from './speaking.ts';

const Where = z.union([z.object({ viewId: z.string() }), z.object({ channel: z.string(), ts: z.string() })]);
const Which = z.object({
  blockId: z.string().optional(),
  actionId: z.string().optional(),
  called: z.string().optional(),
  carrying: z.string().optional(),
});
const Values = z.record(z.string(), z.unknown());
const User = z.object({ user: z.string() });

/**
 * What a person can do and see: what Slack's own client would do, as plain HTTP under `/client`. The page, the demo and the tests
 * all come in here; `client.ts` is their typed form. No token: this listens on loopback and everyone in it is invented.
 */
export function personRoutes(app: Express, world: World, delivery: Delivery): void {
  const get = (path: string, answer: (query: Record<string, string>) => unknown) =>
    app.get(`/client/${path}`, (request, response) => {
      response.json({ ok: true, result: answer(request.query as Record<string, string>) });
    });
  const post = <Body>(path: string, body: z.ZodType<Body>, work: (given: Body) => unknown) =>
    app.post(`/client/${path}`, express.json({ limit: '4mb' }), async (request, response) => {
      response.json({ ok: true, result: (await work(body.parse(request.body))) ?? null });
    });

  get('workspace', ({ user = '' }) => workspaceFor(world, user));
  get('channels', ({ user = '' }) => channelsFor(world, user));
  get('messages', ({ user = '', channel = '', thread }) => messagesFor(world, user, channel, thread));
  get('modals', ({ user = '' }) => modalsFor(world, user));
  get('home', ({ user = '' }) => homeFor(world, user));
  get('files', ({ user = '', channel }) => filesFor(world, user, channel));

  post('say', User.extend({ channel: z.string(), text: z.string(), threadTs: z.string().optional() }), (given) =>
    say(world, delivery, given),
  );
  const Act = User.extend({
    where: Where,
    which: Which,
    value: z.unknown().optional(),
    confirmed: z.boolean().optional(),
    seen: z.array(z.unknown()).optional(),
  });
  // What a client saw are blocks this server sent it.
  post('act', Act, ({ seen, confirmed = false, ...given }) =>
    act(world, delivery, { ...given, confirmed, seen: seen as Block[] | undefined }),
  );
  post('suggest', User.extend({ where: Where, which: Which, query: z.string() }), (given) =>
    suggest(world, delivery, given),
  );
  post('fill', User.extend({ values: Values }), ({ user, values }) => fill(world, topModal(world, user), values));
  post('submit', User.extend({ values: Values }), ({ user, values }) => submit(world, delivery, user, values));
  post('close', User.extend({ whole: z.boolean() }), ({ user, whole }) => dismiss(world, delivery, user, whole));
  post('home', User.extend({ tab: z.enum(['home', 'messages']) }), ({ user, tab }) =>
    openHome(world, delivery, user, tab),
  );
  post('dismiss', User.extend({ channel: z.string(), ts: z.string() }), ({ user, channel, ts }) => {
    const found = containerAt(world, user, { channel, ts });
    if (found.kind !== 'message' || !found.message.visibleTo) throw new Problem('Only your own private notes.');
    dropMessage(world, found.message);
  });
  post('read', User.extend({ channel: z.string() }), ({ user, channel }) => {
    const newest = [...messagesOf(world, channel).keys()].at(-1);
    if (newest) world.read.set(`${user} ${channel}`, newest);
    world.changed({ kind: 'conversations', user });
  });

  app.use('/client', (error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (error instanceof Problem) response.status(400).json({ ok: false, error: error.message });
    else if (error instanceof z.ZodError) response.status(400).json({ ok: false, error: z.prettifyError(error) });
    else if (error instanceof Error) response.status(500).json({ ok: false, error: error.stack });
    else next(error);
  });
}

/** A person opens the app (docs.slack.dev/reference/events/app_home_opened). */
function openHome(world: World, delivery: Delivery, user: string, tab: 'home' | 'messages'): void {
  const channel = directMessage(world, user).id;
  if (!world.settings.events.includes('app_home_opened')) return;
  const view = world.homes.get(user);
  delivery.event({
    type: 'app_home_opened',
    user,
    channel,
    tab,
    event_ts: world.ts(),
    ...(tab === 'home' && view ? { view: viewJson(world, view) } : {}),
  });
}
