import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Response } from 'express';
import { recordCount } from '../households/character.ts';
import { householdsOf, type Household } from '../households/household.ts';
import { placesOf } from '../households/places.ts';
import type { World } from '../households/world.ts';
import { headerStyles, type HeaderStyle } from './columns.ts';
import { fileOf, type FileShape } from './csv.ts';
import { take, type Faults } from './faults.ts';
import type { ExportEntry, Ledger } from './ledger.ts';
import type { Query } from './query.ts';
import type { Records } from './records.ts';
import type { ColeLogin, ColeWaits } from './settings.ts';

/** A file asked for. It is there once: whoever loses it has to ask for another. */
export type Job = {
  readonly id: string;
  readonly login: ColeLogin;
  readonly query: Query;
  readonly entry: ExportEntry;
  readonly fileName: string;
  readonly shape: FileShape;
  readonly ready: Promise<unknown>;
  taken: boolean;
};

export type Order = { readonly fields: readonly string[]; readonly headers: boolean; readonly delimiter: ',' | '\t' };

/** The cole that makes files: what was asked for, and how it goes wrong. */
export function makeJobs(parts: {
  world: World;
  records: Records;
  ledger: Ledger;
  faults: () => Faults;
  waits: ColeWaits;
}) {
  const { world, records, ledger, waits } = parts;
  const jobs = new Map<string, Job>();

  function ask(login: ColeLogin, query: Query, shown: number, order: Order, today: string): Job {
    const number = ledger.exportsOf(login.username);
    const style = styleOf(login, number);
    const job: Job = {
      id: randomBytes(9).toString('base64url'),
      login,
      query,
      entry: ledger.asked(login.username, query, shown, style),
      fileName: `xdates_${query.state}_${today.replaceAll('-', '')}_${String(number + 1).padStart(4, '0')}`,
      shape: { ...order, style, spaced: number % 2 === 1, mark: number % 3 === 1 },
      ready: setTimeout(waits.prepare),
      taken: false,
    };
    jobs.set(job.id, job);
    return job;
  }

  /** Sends the file and notes whether all of it left. */
  async function send(job: Job, response: Response): Promise<void> {
    const faults = parts.faults();
    job.taken = true;
    const households = records.list(job.query);
    const kept = take(faults, 'wrongCount') ? households.slice(0, -3) : households;
    const empty = take(faults, 'emptyFile');
    const sent = empty ? [] : spoiled(world, kept, job.query, faults);
    const text = empty ? '' : fileOf(sent, job.shape);
    const body = take(faults, 'latin1') ? Buffer.from(text.replace(/^\ufeff/, ''), 'latin1') : Buffer.from(text);
    job.entry.records = sent.length;
    response.attachment(job.fileName + (job.shape.delimiter === ',' ? '.csv' : '.txt'));
    response.set({ 'Content-Length': String(body.length), 'Cache-Control': 'no-store' });
    const end = take(faults, 'cutDownload') ? Math.floor(body.length / 2) : body.length;
    if (!(await pour(response, body.subarray(0, end), waits.download))) return;
    if (end < body.length) return void response.destroy();
    response.once('finish', () => {
      // By the ZIP that was asked for, even where a fault put another household into its place.
      ledger.delivered(job.entry, empty ? [] : kept.map(({ id, home }) => ({ id, zip: home.zip })));
    });
    response.end();
  }

  return { ask, send, find: (id: string) => jobs.get(id), reset: () => jobs.clear() };
}

function styleOf({ headerStyle = 'rotate' }: ColeLogin, number: number): HeaderStyle {
  return headerStyle === 'rotate' ? (headerStyles[number % headerStyles.length] ?? 'full') : headerStyle;
}

/** Puts rows of another month or of a ZIP nobody asked for in the place of some, from the top down. */
function spoiled(world: World, households: readonly Household[], query: Query, faults: Faults): readonly Household[] {
  if (faults.wrongMonth + faults.foreignZip === 0) return households;
  const asked = new Set(query.zips);
  const month = query.filters.month ?? 1;
  const [first = ''] = query.zips;
  const stranger = placesOf(query.state).find(
    ({ zip }) => !asked.has(zip) && recordCount(world, zip, month) >= faults.foreignZip,
  );
  const elsewhere = stranger ? householdsOf(world, stranger.zip, month) : [];
  const otherMonth = householdsOf(world, first, (month % 12) + 1);
  const strange = [...otherMonth.slice(0, faults.wrongMonth), ...elsewhere.slice(0, faults.foreignZip)];
  return [...strange, ...households].slice(0, households.length);
}

/** Writes in twenty pieces over `milliseconds`; false when the other side has gone. */
async function pour(response: Response, body: Buffer, milliseconds: number): Promise<boolean> {
  const pieces = milliseconds > 0 ? 20 : 1;
  for (let piece = 0; piece < pieces; piece += 1) {
    const part = body.subarray(
      Math.floor((body.length * piece) / pieces),
      Math.floor((body.length * (piece + 1)) / pieces),
    );
    if (response.destroyed) return false;
    if (part.length > 0 && !response.write(part)) await drained(response);
    // Nothing comes after the last piece: a browser that has all bytes calls it a whole file, and so does the ledger.
    if (piece < pieces - 1) await setTimeout(milliseconds / (pieces - 1));
  }
  return !response.destroyed;
}

/** The other side took what was written, or has gone. */
function drained(response: Response): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      response.off('drain', end).off('close', end);
      resolve();
    };
    response.on('drain', end).on('close', end);
  });
}
