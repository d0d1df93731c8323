import express, { type Express, type Request, type Response } from 'express';
import type { Faults, Spoil } from '../faults.ts';
import type { Limits } from '../limits.ts';
import { bump } from '../stats.ts';
import type { Json } from '../types.ts';
import type { World } from '../world.ts';
import { isObject } from '../blocks/rules.ts';
import { text, type Args } from './args.ts';
import { Refusal } from './refusal.ts';

export type Methods = Readonly<Record<string, (world: World, args: Args) => Json>>;

type Parts = { readonly faults: Faults; readonly limits: Limits; readonly methods: Methods };

/** Everything under `/api/<method>`. Only `apps.connections.open` takes the app-level token, all else the bot's. */
export function webApi(app: Express, world: World, parts: Parts): void {
  const bodies = [
    express.json({ limit: '8mb' }),
    express.urlencoded({ extended: false, limit: '8mb' }),
    express.text({ limit: '8mb' }),
  ];
  app.all('/api/:method', ...bodies, (request: Request, response: Response) => answer(request, response, world, parts));
}

async function answer(request: Request, response: Response, world: World, parts: Parts): Promise<void> {
  const method = String(request.params['method']);
  const args: Args = { ...request.query, ...(isObject(request.body) ? request.body : {}) };
  bump(world.stats.calls, method);
  world.settings.heard(method, args);
  const spoil = parts.faults.next(method);
  if (await spoiled(spoil, response, world)) return;
  try {
    const work = parts.methods[method];
    if (!work) throw new Refusal('unknown_method');
    checkToken(world, method, tokenOf(request, args));
    const wait = parts.limits.take(method, text(args, 'channel'));
    if (wait !== null) return tooMany(response, world, wait);
    const result = work(world, args);
    if (spoil?.kind === 'cut') return void request.socket.destroy();
    response.json({ ok: true, ...result });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    bump(world.stats.errors, error.code);
    response.json(error.body());
  }
}

/** Whether a fault has already answered. */
async function spoiled(spoil: Spoil | undefined, response: Response, world: World): Promise<boolean> {
  switch (spoil?.kind) {
    case 'error':
      bump(world.stats.errors, spoil.error);
      response.json({ ok: false, error: spoil.error });
      return true;
    case 'status':
      response
        .status(spoil.status)
        .type('text/plain')
        .send('upstream connect error or disconnect/reset before headers');
      return true;
    case 'rate':
      tooMany(response, world, spoil.retryAfter);
      return true;
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, spoil.ms));
      return false;
    case 'cut':
    case undefined:
      return false;
  }
}

function tooMany(response: Response, world: World, seconds: number): void {
  world.stats.rateLimited += 1;
  response.status(429).set('retry-after', String(seconds)).json({ ok: false, error: 'ratelimited' });
}

function tokenOf(request: Request, args: Args): string {
  const header = request.headers.authorization ?? '';
  if (header.startsWith('Bearer ')) return header.slice('Bearer '.length);
  return typeof args['token'] === 'string' ? args['token'] : '';
}

function checkToken(world: World, method: string, token: string): void {
  const { botToken, appToken } = world.settings;
  if (token === '') throw new Refusal('not_authed');
  if (token !== botToken && token !== appToken) throw new Refusal('invalid_auth');
  const wanted = method.startsWith('apps.connections.') ? appToken : botToken;
  if (token !== wanted) throw new Refusal('not_allowed_token_type');
}
