import express, { type Router } from 'express';
import { z } from 'zod';
import type { Sessions } from './sessions.ts';

const Email = z.object({ email: z.string() });
const Password = z.object({ password: z.string() });
const Code = z.object({ code: z.string() });

/** Sign-in: e-mail, password, and what the faults add. Nothing secret ever stands in an address. */
export function signInRoutes(sessions: () => Sessions): Router {
  const routes = express.Router();
  routes.use('/api/sign-in', express.json());
  routes.post('/api/sign-in/email', (request, response) => {
    response.json(sessions().email(Email.parse(request.body).email, response));
  });
  routes.post('/api/sign-in/password', (request, response) => {
    response.json(sessions().password(Password.parse(request.body).password, request, response));
  });
  routes.post('/api/sign-in/code', (request, response) => {
    response.json(sessions().code(Code.parse(request.body).code, request, response));
  });
  routes.post('/api/sign-in/challenge', (request, response) => {
    response.json(sessions().challenge(request, response));
  });
  routes.get('/challenge', (_request, response) => {
    response.type('html').send(challengePage);
  });
  return routes;
}

/** Shown in a frame, as the real ones are. Ticking it tells the page around it. */
const challengePage = `<!doctype html><meta charset="utf-8"><title>reCAPTCHA</title>
<style>body{margin:0;font:14px Arial,sans-serif;background:#f9f9f9;border:1px solid #d3d3d3;border-radius:3px}
label{display:flex;align-items:center;gap:12px;padding:24px 14px;cursor:pointer}input{width:24px;height:24px}</style>
<label><input type="checkbox" onchange="parent.postMessage('solved', location.origin)"> I'm not a robot</label>`;
