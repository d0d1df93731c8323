import express, { type Express, type Request, type Response } from 'express';
import { contentOf } from '../api/content.ts';
import { Refusal } from '../api/refusal.ts';
import { isObject } from '../blocks/rules.ts';
import type { Faults } from '../faults.ts';
import { addMessage, changeMessage, dropMessage, messagesOf } from '../messages.ts';
import type { Json } from '../types.ts';
import type { ResponseUrl, World } from '../world.ts';

/** docs.slack.dev/interactivity/handling-user-interaction: up to five times within 30 minutes. */
const mostUses = 5;
const lifetime = 30 * 60_000;

/** A new response_url for what a user just did. */
export function makeResponseUrl(
  world: World,
  kind: 'commands' | 'actions',
  at: Omit<ResponseUrl, 'bornAt' | 'uses'>,
): string {
  const key = world.id('r').toLowerCase();
  world.responseUrls.set(key, { ...at, bornAt: Date.now(), uses: 0 });
  return `${world.url}/hooks/${kind}/${world.settings.team.id}/${key}`;
}

export function responseUrls(app: Express, world: World, faults: Faults): void {
  app.post('/hooks/:kind/:team/:key', express.json({ type: () => true, limit: '4mb' }), (request, response) => {
    if (faults.next('response_url')?.kind === 'status') return void response.status(500).send('fatal_error');
    world.settings.heard('response_url', request.body);
    try {
      use(world, request);
      world.stats.responseUrls.used += 1;
      response.type('text/plain').send('ok');
    } catch (error) {
      refuse(error, world, response);
    }
  });
}

function use(world: World, request: Request): void {
  const target = world.responseUrls.get(String(request.params['key']));
  if (!target || Date.now() - target.bornAt > lifetime) throw new Refusal('expired_url');
  if (target.uses >= mostUses) throw new Refusal('used_url');
  respond(world, target, isObject(request.body) ? request.body : {});
  target.uses += 1;
}

function refuse(error: unknown, world: World, response: Response): void {
  if (!(error instanceof Refusal)) throw error;
  world.stats.responseUrls.refused += 1;
  const gone = error.code === 'used_url' || error.code === 'expired_url';
  response.status(gone ? 404 : 400).json(error.body());
}

/** Performs what an app says to a response_url, or in the acknowledgement of a command. */
export function respond(world: World, target: ResponseUrl, body: Json): void {
  const clicked = target.messageTs ? messagesOf(world, target.channel).get(target.messageTs) : undefined;
  if (body['delete_original'] === true || body['delete_original'] === 'true') {
    if (clicked) dropMessage(world, clicked);
    return;
  }
  const content = contentOf(world, body);
  if (clicked && (body['replace_original'] === true || body['replace_original'] === 'true')) {
    return changeMessage(world, clicked, { ...content, blocks: content.blocks ?? [] });
  }
  const { botUser, botId } = world.settings.app;
  const threadTs = typeof body['thread_ts'] === 'string' ? body['thread_ts'] : undefined;
  const inChannel = body['response_type'] === 'in_channel';
  addMessage(world, {
    channel: target.channel,
    user: botUser,
    botId,
    ...content,
    threadTs,
    ...(inChannel ? {} : { visibleTo: target.user }),
  });
}
