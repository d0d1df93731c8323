import { DataMismatch } from '../../pipeline/errors.ts';
import type { Clay, ClaySession, TableRef } from '../../pipeline/ports/clay.ts';
import type { Credentials } from '../auth/credentials.ts';
import { inSession, type Session, type SessionDeps } from '../auth/session.ts';
import { asksWhether } from '../browser/dialogs.ts';
import { pressIn } from '../browser/controls/press.ts';
import { makeRoom } from '../browser/room.ts';
import type { Survey } from '../browser/survey.ts';
import { expecting, type Surface } from '../browser/surface.ts';
import { atTable, leaveTable } from './at-table.ts';
import { turnAutoUpdateOff } from './auto-update.ts';
import { exportTable } from './export.ts';
import { setFilters } from './filters.ts';
import { makeFormula } from './formula.ts';
import { importTable } from './import.ts';
import { openPlace, reachFolders } from './places.ts';
import * as on from './selectors.ts';
import { openTable, readRows } from './tables.ts';
import { readValidation, startValidation } from './validation.ts';

export { readClayExport } from './schema.ts';

export type ClayOptions = SessionDeps & {
  /** The workspace's page, or the sign-in page before it. */
  readonly url: string;
  readonly credentials: () => Promise<Credentials>;
};

/** Clay behind its port: one login, one browser. */
export function makeClay(options: ClayOptions): Clay {
  return {
    at: (work) => inSession(options, sessionOf(options), (surface, home) => work(sessionOn(surface, home))),
  };
}

/**
 * Signs in and goes where the workbooks are: to the list that has the root folder, or in which it can be made. Nothing is
 * made.
 * @throws as `Clay.at`
 */
export function reachClay(options: ClayOptions, root: string): Promise<void> {
  return inSession(options, sessionOf(options), (surface, home) => reachFolders(surface, home, root));
}

const sessionOf = (options: ClayOptions): Session => ({
  vendor: 'clay',
  login: 'clay',
  url: options.url,
  home: isInside,
  beginsAnywhere: true,
  credentials: options.credentials,
});

/** Something only a signed-in person sees. */
function isInside(survey: Survey): boolean {
  return (
    survey.passwords === 0 &&
    on.inside.some((what) => pressIn(survey, what, { only: ({ place }) => place !== 'dialog' }) !== undefined)
  );
}

function sessionOn(surface: Surface, home: string): ClaySession {
  const open = (table: TableRef) => atTable(surface, home, table);
  return {
    workbook(place, hint) {
      leaveTable(surface);
      return openPlace(surface, home, place, hint);
    },
    async findTable(workbook, name) {
      leaveTable(surface);
      const table = await openTable(surface, home, workbook, name);
      return table === null ? null : { table, rows: await readRows(surface) };
    },
    importTable: (workbook, name, csvPath, rows) => {
      if (rows > tableLimit)
        throw new DataMismatch(`${rows} rows for one table; Clay takes ${tableLimit} and says nothing about the rest`);
      leaveTable(surface);
      return expecting(surface, asksWhether(/\b(import|add|rows?|file|sure|continue)\b/i, rows), () =>
        importTable(surface, home, workbook, name, csvPath, rows),
      );
    },
    async rowCount(table) {
      await open(table);
      return readRows(surface);
    },
    async turnAutoUpdateOff(table) {
      await open(table);
      await expecting(surface, asksWhether(/\bauto\b|\bsure\b/i), () => turnAutoUpdateOff(surface));
    },
    async formula(table, formula) {
      await open(table);
      await makeFormula(surface, formula);
    },
    async filters(table, filters) {
      await open(table);
      await setFilters(surface, filters);
    },
    async validation(table) {
      await open(table);
      return readValidation(surface);
    },
    async startValidation(table, emailColumn, rows) {
      await open(table);
      await expecting(surface, asksWhether(/\b(spend|credits?|run|rows?|sure|continue)\b/i, rows), () =>
        startValidation(surface, emailColumn, rows),
      );
    },
    async exportTable(table, to) {
      await makeRoom(to);
      await open(table);
      await exportTable(surface, to);
    },
  };
}

/** A table stops taking rows silently at this number (docs/vendors.md#clay-limits). */
const tableLimit = 50_000;
