import type { Request, RequestHandler, Response } from 'express';
import type { Faults } from '../faults.ts';
import type { makeJobs } from '../jobs.ts';
import type { Ledger } from '../ledger.ts';
import type { RecentSearch } from '../pages/home.ts';
import { page } from '../pages/layout.ts';
import type { Part } from '../../markup.ts';
import { redesignPrefix, skinOf, type Skin } from '../pages/skin.ts';
import type { Records } from '../records.ts';
import type { Session, Sessions } from '../sessions.ts';
import type { Settings } from '../settings.ts';
import type { Watch } from '../watch.ts';

/** Everything the pages stand on. */
export type Cole = {
  readonly settings: Settings;
  readonly sessions: Sessions;
  readonly watch: Watch;
  readonly ledger: Ledger;
  readonly records: Records;
  readonly jobs: ReturnType<typeof makeJobs>;
  /** Past searches by username. */
  readonly recent: Map<string, RecentSearch[]>;
  faults(): Faults;
};

export type Form = { text(name: string): string; many(name: string): readonly string[] };

/** One request of somebody signed in. */
export type Visit = {
  readonly session: Session;
  readonly request: Request;
  readonly response: Response;
  readonly skin: Skin;
  readonly form: Form;
  readonly show: (title: string, body: Part, poll?: string) => void;
};

export const sessionCookie = 'ColeSession';

/** Pages only for those signed in; the others are sent to the door. */
export function visit(cole: Cole, work: (visit: Visit) => void | Promise<void>): RequestHandler {
  return async (request, response) => {
    const id = cookie(request, sessionCookie);
    const session = cole.sessions.find(id);
    if (!session) {
      response.redirect(id === undefined ? '/Account/Login' : '/Account/Login?expired=1');
      return;
    }
    response.once('close', cole.watch.enter(session));
    const skin = skinOf(cole.faults().redesign);
    const show: Visit['show'] = (title, body, poll) => {
      const today = cole.settings.today();
      response.send(page({ skin, title, today, user: session.login.username, body, ...(poll ? { poll } : {}) }));
    };
    await work({ session, request, response, skin, form: formOf(request), show });
  };
}

export function formOf(request: Request): Form {
  const body = (request.body ?? {}) as Record<string, string | string[] | undefined>;
  const many = (name: string) => [body[name] ?? body[redesignPrefix + name] ?? []].flat();
  return { many, text: (name) => many(name)[0] ?? '' };
}

export function cookie(request: Request, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(/; */).map((pair) => pair.split('='));
  return pairs.find(([key]) => key === name)?.[1];
}
