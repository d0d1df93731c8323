import express, { type Request, type Response, type Router } from 'express';
import type { Sessions } from './sessions.ts';

/** Asks for nothing a script could not do: the stand-in wants to know what a connector does when it sees it. */
const challengePage = `<!doctype html><html lang="en"><head><title>Security check</title><style>
body{margin:0;font:14px system-ui;background:#fafafa;border:1px solid #d4d4d8;border-radius:4px;height:74px;
display:flex;align-items:center;padding:0 16px;box-sizing:border-box;gap:12px}
input{width:24px;height:24px}small{margin-left:auto;color:#71717a}</style></head>
<body><label><input type="checkbox" onchange="parent.postMessage('solved', location.origin)"> Verify you are human</label>
<small>CAPTCHA</small></body></html>`;

/** As it was typed: a password may begin with a space. */
function textOf(request: Request, name: string): string {
  const value = (request.body as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : '';
}

export function signInRoutes(sessions: Sessions): Router {
  const router = express.Router();
  router.get('/challenge', (_request: Request, response: Response) => void response.type('html').send(challengePage));
  router.post('/web/sign-in', (request: Request, response: Response) => {
    response.json(sessions.password(textOf(request, 'email'), textOf(request, 'password'), response));
  });
  router.post('/web/sign-in/challenge', (request: Request, response: Response) => {
    response.json(sessions.challenge(request, response));
  });
  router.post('/web/sign-in/code', (request: Request, response: Response) => {
    response.json(sessions.code(textOf(request, 'code'), request, response));
  });
  router.post('/web/sign-out', (request: Request, response: Response) => {
    const session = sessions.find(request);
    if (session) sessions.end(session);
    response.json({ ok: true });
  });
  return router;
}
