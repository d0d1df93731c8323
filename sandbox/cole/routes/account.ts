import { randomBytes } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import { captchaPage, loginPage, verifyPage } from '../pages/account.ts';
import { helpPage, homePage } from '../pages/home.ts';
import { page } from '../pages/layout.ts';
import type { Part } from '../../markup.ts';
import { skinOf, type Skin } from '../pages/skin.ts';
import { captchaAnswer, type ColeLogin } from '../settings.ts';
import { cookie, formOf, sessionCookie, visit, type Cole } from './visit.ts';

const pendingCookie = 'ColePending';

/** Signing in and out, and the page one lands on. `forget` asks everybody for the picture again. */
export function accountRoutes(cole: Cole): { readonly router: Router; readonly forget: () => void } {
  const router = express.Router();
  /** Who gave a right password and still owes a code or a picture. */
  const pending = new Map<string, ColeLogin>();
  /** Accounts whose picture was read. */
  const trusted = new Set<string>();

  const show = (response: Response, title: string, body: (skin: Skin) => Part) => {
    const skin = skinOf(cole.faults().redesign);
    response.send(page({ skin, title, today: cole.settings.today(), body: body(skin) }));
  };
  const door = (response: Response, error?: 'wrongPassword' | 'locked' | 'expired', notice = false) =>
    show(response, 'Log in', (skin) => loginPage(skin, error && skin.say(error), notice && skin.say('loggedOut')));
  const pendingLogin = (request: Request) => pending.get(cookie(request, pendingCookie) ?? '');

  /** The next thing between a right password and the home page. */
  function admit(response: Response, login: ColeLogin, codeGiven = false): void {
    const faults = cole.faults();
    const asksPicture = faults.captcha && !trusted.has(login.username);
    if (asksPicture || (faults.mfa && !codeGiven)) {
      const id = randomBytes(9).toString('base64url');
      pending.set(id, login);
      response
        .cookie(pendingCookie, id, { httpOnly: true })
        .redirect(asksPicture ? '/Account/Check' : '/Account/Verify');
      return;
    }
    const session = cole.sessions.open(login);
    cole.ledger.signedIn();
    response.cookie(sessionCookie, session.id, { httpOnly: true }).clearCookie(pendingCookie).redirect('/Home');
  }

  router.get('/', (_request, response) => response.redirect('/Home'));
  router.get('/Account/Login', (request, response) =>
    door(response, request.query.expired ? 'expired' : undefined, request.query.out === '1'),
  );
  router.post('/Account/Login', (request, response) => {
    const form = formOf(request);
    const username = form.text('username').trim().toLowerCase();
    const login = cole.settings.logins.find((known) => known.username.toLowerCase() === username);
    if (cole.faults().refuseLogin || login?.password !== form.text('password')) {
      cole.ledger.signInFailed();
      return door(response, cole.faults().refuseLogin ? 'locked' : 'wrongPassword');
    }
    admit(response, login);
  });

  router.get('/Account/Verify', (_request, response) => show(response, 'Verify', (skin) => verifyPage(skin, false)));
  router.post('/Account/Verify', (request, response) => {
    const login = pendingLogin(request);
    if (!login) return response.redirect('/Account/Login?expired=1');
    if (formOf(request).text('code').trim() === cole.faults().mfaCode) return admit(response, login, true);
    cole.ledger.signInFailed();
    show(response, 'Verify', (skin) => verifyPage(skin, skin.say('wrongCode')));
  });

  router.get('/Account/Check', (_request, response) => show(response, 'Check', (skin) => captchaPage(skin, false)));
  router.post('/Account/Check', (request, response) => {
    const login = pendingLogin(request);
    if (!login) return response.redirect('/Account/Login?expired=1');
    const form = formOf(request);
    if (form.text('robot') !== 'yes' || form.text('answer').trim().toUpperCase() !== captchaAnswer) {
      return show(response, 'Check', (skin) => captchaPage(skin, skin.say('captchaWrong')));
    }
    trusted.add(login.username);
    admit(response, login);
  });

  router.get('/Account/Logout', (request, response) => {
    const session = cole.sessions.find(cookie(request, sessionCookie));
    if (session) {
      cole.watch.leave(session);
      cole.sessions.close(session);
    }
    response.clearCookie(sessionCookie).redirect('/Account/Login?out=1');
  });
  router.post('/Account/Window', (request, response) => {
    const session = cole.sessions.find(cookie(request, sessionCookie));
    if (session && typeof request.query.id === 'string') cole.watch.window(session, request.query.id);
    response.sendStatus(204);
  });

  router.get(
    '/Home',
    visit(cole, (at) =>
      at.show('Home', homePage(at.skin, at.session.login, cole.recent.get(at.session.login.username) ?? [])),
    ),
  );
  router.get('/Help', (_request, response) => show(response, 'Help', () => helpPage()));
  return { router, forget: () => trusted.clear() };
}
