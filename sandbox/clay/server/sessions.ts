import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { ClayFaults } from '../faults.ts';
import type { SignInStep } from '../shapes.ts';
import type { Tally } from './stats.ts';

export type Session = { readonly id: string; readonly email: string; readonly expiresAt: number };
type Attempt = { readonly email: string; passedCaptcha: boolean; knowsPassword: boolean };
export type Sessions = ReturnType<typeof makeSessions>;

export const cookieOf = (header: string | undefined, name: string): string | undefined =>
  header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);

/** Who is signed in. E-mail, then password, then whatever the faults ask for: the challenge, the code. */
export function makeSessions(settings: {
  readonly login: { readonly email: string; readonly password: string };
  readonly mfaCode: string;
  readonly sessionMs: number;
  readonly faults: () => ClayFaults;
  readonly tally: () => Tally;
}) {
  const sessions = new Map<string, Session>();
  const attempts = new Map<string, Attempt>();
  const attemptOf = (request: Request): Attempt | undefined =>
    attempts.get(cookieOf(request.headers.cookie, 'clay_signin') ?? '');

  const refuse = (message: string): SignInStep => {
    settings.tally().signInsRefused += 1;
    return { step: 'refused', message };
  };

  const next = (attempt: Attempt, response: Response): SignInStep => {
    if (settings.faults().captcha && !attempt.passedCaptcha) return { step: 'captcha' };
    if (settings.faults().mfa) return { step: 'code' };
    return open(attempt, response);
  };

  const open = ({ email }: Attempt, response: Response): SignInStep => {
    const session = { id: randomBytes(18).toString('base64url'), email, expiresAt: Date.now() + settings.sessionMs };
    sessions.set(session.id, session);
    settings.tally().signIns += 1;
    response.cookie('claysession', session.id, { httpOnly: true, sameSite: 'lax', maxAge: settings.sessionMs });
    response.clearCookie('clay_signin');
    return { step: 'done' };
  };

  return {
    find(cookies: string | undefined): Session | undefined {
      const session = sessions.get(cookieOf(cookies, 'claysession') ?? '');
      return session && session.expiresAt > Date.now() ? session : undefined;
    },
    email(email: string, response: Response): SignInStep {
      if (!email.includes('@')) return { step: 'refused', message: 'Enter a valid email address.' };
      const id = randomBytes(9).toString('base64url');
      attempts.set(id, { email: email.trim().toLowerCase(), passedCaptcha: false, knowsPassword: false });
      response.cookie('clay_signin', id, { httpOnly: true, sameSite: 'lax' });
      return { step: 'password' };
    },
    password(password: string, request: Request, response: Response): SignInStep {
      const attempt = attemptOf(request);
      const { login } = settings;
      if (!attempt) return refuse('Please start again.');
      if (attempt.email !== login.email.toLowerCase() || password !== login.password) {
        return refuse('Incorrect email or password.');
      }
      attempt.knowsPassword = true;
      return next(attempt, response);
    },
    /** The challenge's box was ticked. */
    challenge(request: Request, response: Response): SignInStep {
      const attempt = attemptOf(request);
      if (!attempt?.knowsPassword) return refuse('Please sign in again.');
      attempt.passedCaptcha = true;
      return next(attempt, response);
    },
    code(code: string, request: Request, response: Response): SignInStep {
      const attempt = attemptOf(request);
      if (!attempt?.knowsPassword) return refuse('Please sign in again.');
      return code.replaceAll(/\s/g, '') === settings.mfaCode
        ? open(attempt, response)
        : refuse('That code is not right.');
    },
    end(session: Session): void {
      sessions.delete(session.id);
    },
    endAll(): void {
      sessions.clear();
    },
  };
}
