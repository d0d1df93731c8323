import { hash } from '../../kit.ts';
import { takeTurn, type ClayFaults } from '../faults.ts';
import { callsAtOnce, makeDebounceClient, type Reply } from './debounce-client.ts';
import { cellText, columnById, setState, type EnrichmentColumn, type Table } from './table.ts';

type Job = {
  readonly table: Table;
  readonly column: EnrichmentColumn;
  readonly rows: readonly number[];
  next: number;
  readonly byAutoUpdate: boolean;
};
type Cell = {
  readonly table: Table;
  readonly column: EnrichmentColumn;
  readonly row: number;
  readonly attempt: number;
};

export type Validation = ReturnType<typeof makeValidation>;

/** A 429 is tried again for as long as it takes; a server's error three times, then the cell is an error. */
const tries = 3;
const retryAfterMs = 100;

/**
 * Runs the cells of enrichment columns, in the background, whoever watches: at most five calls at a time for the whole
 * workspace, `rowsPerSecond` at most (0: as fast as it goes), one credit a row whatever comes of it.
 */
export function makeValidation(world: {
  readonly debounce: { readonly url: string; readonly key: string };
  readonly rowsPerSecond: number;
  readonly faults: () => ClayFaults;
  readonly charge: (table: Table, byAutoUpdate: boolean) => void;
  readonly changed: (table: Table) => void;
}) {
  const client = makeDebounceClient(world.debounce);
  let jobs: Job[] = [];
  let again: Cell[] = [];
  let stuck: Cell[] = [];
  let inFlight = 0;
  let pace = { since: 0, taken: 0 };
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  /** How many rows may start now. */
  const allowance = (): number => {
    if (world.rowsPerSecond <= 0) return Number.POSITIVE_INFINITY;
    if (pace.since === 0) pace = { since: Date.now(), taken: 0 };
    return Math.floor(((Date.now() - pace.since) / 1000) * world.rowsPerSecond) - pace.taken;
  };

  /** Round robin over the jobs, so that two tables both move. */
  const take = (): Cell | null => {
    const repeated = again.shift();
    if (repeated) return repeated;
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const row = job.rows[job.next];
      if (row === undefined || !job.table.columns.includes(job.column)) continue;
      job.next += 1;
      jobs.push(job);
      pace.taken += 1;
      world.charge(job.table, job.byAutoUpdate);
      return { table: job.table, column: job.column, row, attempt: 1 };
    }
    return null;
  };

  const pump = (): void => {
    while (!stopped && inFlight < callsAtOnce) {
      if (allowance() < 1) {
        timer ??= setTimeout(() => {
          timer = undefined;
          pump();
        }, 20);
        return;
      }
      const cell = take();
      if (!cell) {
        pace = { since: 0, taken: 0 };
        return;
      }
      start(cell);
    }
  };

  const start = (cell: Cell): void => {
    const { table, column, row } = cell;
    const input = columnById(table, column.inputId);
    const email = input ? cellText(table, input, row).trim() : '';
    if (email === '') return end(cell, 'empty');
    setState(column, row, 'running');
    if (takeTurn(world.faults(), 'stuckValidation')) {
      stuck.push(cell);
      world.changed(table);
      return;
    }
    if ((hash('cell error', email) % 1000) / 1000 < world.faults().errorCells) return end(cell, 'error');
    inFlight += 1;
    void client.check(email).then((reply) => {
      inFlight -= 1;
      if (!stopped) finish(cell, reply);
      pump();
    });
  };

  const finish = (cell: Cell, reply: Reply): void => {
    if (reply.kind === 'checked') {
      setState(cell.column, cell.row, 'success', reply.validation);
      world.changed(cell.table);
    } else if (reply.kind === 'refused' || (reply.kind === 'retry' && cell.attempt >= tries)) end(cell, 'error');
    else {
      end(cell, reply.kind);
      const next = { ...cell, attempt: reply.kind === 'retry' ? cell.attempt + 1 : cell.attempt };
      setTimeout(() => {
        again.push(next);
        pump();
      }, retryAfterMs);
    }
  };

  const end = ({ table, column, row }: Cell, state: 'empty' | 'error' | 'retry' | 'rate_limited'): void => {
    setState(column, row, state);
    world.changed(table);
  };

  return {
    run(table: Table, column: EnrichmentColumn, rows: readonly number[], byAutoUpdate: boolean): void {
      for (const row of rows) setState(column, row, 'queued');
      jobs.push({ table, column, rows, next: 0, byAutoUpdate });
      world.changed(table);
      pump();
    },
    /** Cells that were stuck go on. */
    release(): void {
      again.push(...stuck);
      stuck = [];
      pump();
    },
    stop(): void {
      stopped = true;
      clearTimeout(timer);
      jobs = [];
      again = [];
      client.close();
    },
  };
}
