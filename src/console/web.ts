import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { RequestListener, ServerResponse } from 'node:http';
import { Retryable } from '../../pipeline/errors.ts';
import type { Log } from '../log.ts';
import { nothingHere } from './nothing-here.ts';
import type { Health } from './health.ts';

/** The one path that is Slack's, and the one method. */
const slackPath = '/slack/events';

/**
 * What the app's port answers: `GET /alive`, `GET /health`, files behind signed links, and in HTTP mode Slack's
 * deliveries. Whatever else comes is answered by a page that says what this is; whatever fails in here ends in an answer.
 *
 * `/alive` is 200 while the process can answer at all: for whoever would restart it, because a restart mends nothing
 * that is outside of it. `/health` tells the parts: 503 while the database is away, because nothing can be done then,
 * and 200 with `ok: false` while only something else is (Slack): a balancer that took the app out for it would
 * keep Slack's own deliveries from it.
 */
export function makeWeb(parts: {
  readonly health: Health;
  readonly file: RequestHandler;
  /** Bolt's receiver, which needs the body unread; null in Socket Mode. */
  readonly slack: RequestListener | null;
  readonly log: Log;
}): RequestListener {
  const web = express();
  // Should Express itself have to answer, then without a stack.
  web.set('env', 'production');
  web.disable('x-powered-by');
  web.disable('etag');
  web.enable('strict routing');
  web.enable('case sensitive routing');
  web.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    }),
  );
  web.use(bodyOnlyForSlack);
  web.get('/alive', (_request, response) => void response.json({ ok: true }));
  web.get('/health', async (_request, response) => {
    const { parts: standings, ...facts } = await parts.health();
    response.status(standings.database?.ok === false ? 503 : 200).json({ ...facts, ...standings });
  });
  web.get('/files/:file', parts.file);
  const { slack } = parts;
  if (slack) web.post(slackPath, (request, response) => slack(request, response));
  web.use((_request, response) => nothingHere(response));
  web.use(answerFor(parts.log));
  return (request, response) => {
    // Before Express, which answers an address it cannot read in words of its own.
    const path = pathOf(request.url ?? '');
    if (path === null) {
      badRequest(response);
      return;
    }
    request.url = path;
    web(request, response);
  };
}

/** The path and query of an address of this server; null for what no URL can be. */
function pathOf(url: string): string | null {
  // A proxy may send the whole address; `//host` and whatever does not begin as a path is no address of ours.
  const whole = /^https?:\/\//i.test(url);
  if (!whole && !/^\/(?!\/)/.test(url)) return null;
  try {
    const { pathname, search } = new URL(url, 'http://localhost');
    decodeURIComponent(pathname);
    return pathname.startsWith('//') ? null : pathname + search;
  } catch {
    return null;
  }
}

/** Only Slack sends a body. A connection of anybody else who does is closed with the answer. */
const bodyOnlyForSlack: RequestHandler = (request, response, next) => {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (hasBody && !(request.method === 'POST' && request.path === slackPath)) response.set('connection', 'close');
  next();
};

function badRequest(response: ServerResponse): void {
  response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' });
  response.end('This is no address that LeadOps can read. Nothing was done.');
}

/** Express passes what a handler threw or rejected with to here; the process never sees it. */
function answerFor(log: Log): ErrorRequestHandler {
  // Four parameters are how Express knows a handler of errors.
  return (error: unknown, request, response, _next) => {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (error instanceof URIError) {
      badRequest(response);
      return;
    }
    const away = error instanceof Retryable;
    log[away ? 'warn' : 'error']({ err: error, path: request.path.split('/')[1] }, 'a request failed');
    response
      .status(away ? 503 : 500)
      .type('text/plain')
      .send('Not available right now. Nothing was done. Try again in a moment.');
  };
}
