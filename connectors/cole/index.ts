import { exportLimit, TooManyRecords, type Cole, type ColeSession } from '../../pipeline/ports/cole.ts';
import { DataMismatch } from '../../pipeline/errors.ts';
import type { State } from '../../pipeline/vocabulary.ts';
import type { Credentials } from '../auth/credentials.ts';
import { inSession, type Session, type SessionDeps } from '../auth/session.ts';
import { textIn } from '../browser/controls/fill.ts';
import { pressIn } from '../browser/controls/press.ts';
import { makeRoom } from '../browser/room.ts';
import type { Survey } from '../browser/survey.ts';
import type { Surface } from '../browser/surface.ts';
import { askForFile } from './export.ts';
import { reachForm, readSlicings, search } from './search.ts';
import { selectAllRecords } from './select-all.ts';
import * as on from './selectors.ts';

export type ColeOptions = SessionDeps & {
  /** Where a person starts: the sign-in page or the page behind it. */
  readonly url: string;
  /** Each state has a login of its own. */
  readonly credentials: (state: State) => Promise<Credentials>;
};

/** Cole X Dates behind its port. */
export function makeCole(options: ColeOptions): Cole {
  return {
    at: (state, work) =>
      inSession(options, sessionOf(options, state), (surface, home) =>
        work(sessionOn(surface, home, options.clock ?? Date.now)),
      ),
  };
}

/** Signs in and goes where a pull begins: to the form of a new search. Nothing is searched. @throws as `Cole.at` */
export function reachCole(options: ColeOptions, state: State): Promise<void> {
  return inSession(options, sessionOf(options, state), reachForm);
}

function sessionOf(options: ColeOptions, state: State): Session {
  return {
    vendor: 'cole',
    login: `cole:${state}`,
    url: options.url,
    home: isInside,
    beginsAnywhere: true,
    answers: (error) => error instanceof TooManyRecords,
    credentials: () => options.credentials(state),
  };
}

/** Something only a signed-in person sees. */
function isInside(survey: Survey): boolean {
  if (survey.passwords > 0) return false;
  return pressIn(survey, on.newSearch) !== undefined || textIn(survey, on.zipBox) !== undefined;
}

function sessionOn(surface: Surface, home: string, clock: () => number): ColeSession {
  return {
    async count(query) {
      return (await search(surface, home, query, false)).shown;
    },
    slicings() {
      return readSlicings(surface, home, new Date(clock()).getUTCFullYear());
    },
    async export(query, to, onAsk) {
      await makeRoom(to);
      const { shown, fieldsSet } = await search(surface, home, query, true);
      if (shown >= exportLimit) throw new TooManyRecords(shown);
      if (shown === 0) throw new DataMismatch('Cole shows no records for this export; nothing was asked for');
      await selectAllRecords(surface, shown);
      await askForFile(surface, { shown, fieldsSet, onAsk }, to);
      return { shown };
    },
  };
}
