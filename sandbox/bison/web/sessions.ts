import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Service } from '../service.ts';
import type { BisonLogin } from '../settings.ts';
import type { SignInStep } from '../shapes.ts';
import { makeCurrent, type Current } from '../state/current.ts';

export type Session = { readonly id: string; readonly login: BisonLogin; lastSeen: number };
type Attempt = { readonly login: BisonLogin; passedCaptcha: boolean };
export type Sessions = ReturnType<typeof makeSessions>;

const sessionCookie = 'emailbison_session';
const attemptCookie = 'emailbison_login';

function cookieOf(request: { readonly headers: { readonly cookie?: string } }, name: string): string {
  const parts = (request.headers.cookie ?? '').split(';').map((part) => part.trim().split('='));
  return parts.find(([each]) => each === name)?.[1] ?? '';
}

/** Who is signed in to the pages: a password, then whatever the faults ask for. */
export function makeSessions(service: Service) {
  const sessions = new Map<string, Session>();
  const attempts = new Map<string, Attempt>();
  /** A person's portal is the person's, not the browser's: it is the same after the next sign-in, and in other windows. */
  const portals = new Map<string, Current>();

  const refuse = (message: string): SignInStep => {
    service.ledger.failedSignIns += 1;
    return { step: 'refused', message };
  };

  function admit(attempt: Attempt, response: Response, codeGiven: boolean): SignInStep {
    if (service.faults.captcha && !attempt.passedCaptcha) return { step: 'captcha' };
    if (service.faults.mfa && !codeGiven) return { step: 'code' };
    const session = { id: randomBytes(18).toString('base64url'), login: attempt.login, lastSeen: Date.now() };
    sessions.set(session.id, session);
    service.ledger.signIns += 1;
    response.cookie(sessionCookie, session.id, { httpOnly: true, sameSite: 'lax' }).clearCookie(attemptCookie);
    return { step: 'done' };
  }

  const attemptOf = (request: Request) => attempts.get(cookieOf(request, attemptCookie));

  return {
    find(request: { readonly headers: { readonly cookie?: string } }): Session | undefined {
      const session = sessions.get(cookieOf(request, sessionCookie));
      if (!session || Date.now() - session.lastSeen > service.settings.sessionMinutes * 60_000) return undefined;
      session.lastSeen = Date.now();
      return session;
    },
    password(email: string, password: string, response: Response): SignInStep {
      if (service.faults.refuseLogin) return refuse('Your account has been locked. Please contact support.');
      const login = service.settings.logins.find(
        (each) => each.email.toLowerCase() === email.trim().toLowerCase() && each.password === password,
      );
      if (!login) return refuse('These credentials do not match our records.');
      const id = randomBytes(9).toString('base64url');
      const attempt = { login, passedCaptcha: false };
      attempts.set(id, attempt);
      response.cookie(attemptCookie, id, { httpOnly: true, sameSite: 'lax' });
      return admit(attempt, response, false);
    },
    challenge(request: Request, response: Response): SignInStep {
      const attempt = attemptOf(request);
      if (!attempt) return refuse('Please sign in again.');
      attempt.passedCaptcha = true;
      return admit(attempt, response, false);
    },
    code(code: string, request: Request, response: Response): SignInStep {
      const attempt = attemptOf(request);
      if (!attempt) return refuse('Please sign in again.');
      if (code.replaceAll(/\s/g, '') === service.settings.mfaCode) return admit(attempt, response, true);
      return refuse('The provided two factor authentication code was invalid.');
    },
    portalOf({ login }: Session): Current {
      const known = portals.get(login.email);
      if (known) return known;
      const made = makeCurrent(login.workspaces?.[0] ?? [...service.world.workspaces.keys()][0] ?? 0);
      portals.set(login.email, made);
      return made;
    },
    end: (session: Session) => void sessions.delete(session.id),
    endAll: () => sessions.clear(),
    forgetPortals: () => portals.clear(),
  };
}
