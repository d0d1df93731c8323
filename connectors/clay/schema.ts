import { readFile } from 'node:fs/promises';
import { DataMismatch } from '../../pipeline/errors.ts';
import type { ClayResult, ValidationProgress } from '../../pipeline/ports/clay.ts';
import { each, inTurns, type InPieces } from '../../pipeline/turns.ts';
import { verdicts, type Verdict } from '../../pipeline/vocabulary.ts';
import { headerKey } from '../csv/columns.ts';
import { readCsv } from '../csv/read.ts';

/** What Clay's words mean: its export, its row counts, the states of its cells. */

const named = {
  leadId: ['leadid', 'leadopsid', 'leadkey'],
  numericHomeValue: ['numerichomevalue', 'homevaluenumeric', 'homevaluenumber', 'numericvalue'],
  readablePurchaseDate: ['readablepurchasedate', 'readabledate', 'purchasedatereadable'],
  purchaseDay: ['purchaseday', 'dayofpurchase', 'purchasedayofmonth'],
} as const;

/**
 * Reads Clay's export of a table. Columns are found by name however it is spelt; the verdict by its values, for nobody
 * knows what Clay calls that column.
 *
 * @param from the exported file, or its lines with the header line first
 * @throws DataMismatch naming the columns that are missing; the file is not used
 */
export async function readClayExport(from: string | readonly (readonly string[])[]): Promise<readonly ClayResult[]> {
  const { headers, rows } =
    typeof from === 'string' ? await readFileRows(from) : { headers: from[0] ?? [], rows: from.slice(1) };
  const keys = headers.map(headerKey);
  const column = (names: readonly string[]) => {
    const exact = keys.findIndex((key) => names.includes(key));
    return exact >= 0 ? exact : keys.findIndex((key) => names.some((name) => key.includes(name)));
  };
  const at = {
    leadId: column(named.leadId),
    numericHomeValue: column(named.numericHomeValue),
    readablePurchaseDate: column(named.readablePurchaseDate),
    purchaseDay: column(named.purchaseDay),
  };
  const missing = Object.entries(at)
    .filter(([, index]) => index < 0)
    .map(([name]) => name);
  if (missing.length > 0)
    throw new DataMismatch(`Clay's export lacks ${missing.join(', ')} (it has ${headers.length} columns)`);
  const verdictOf = await inTurns(verdictReader(keys, rows));
  const cell = (row: readonly string[], index: number) => (row[index] ?? '').trim();
  return inTurns(
    each(rows, (row) => ({
      leadId: cell(row, at.leadId),
      numericHomeValue: cell(row, at.numericHomeValue),
      readablePurchaseDate: cell(row, at.readablePurchaseDate),
      purchaseDay: cell(row, at.purchaseDay),
      verdict: verdictOf(row),
    })),
  );
}

async function readFileRows(path: string) {
  const { headers, records, unreadable } = await inTurns(readCsv(await readFile(path)));
  if (unreadable.length > 0) throw new DataMismatch(`Clay's export has ${unreadable.length} rows that cannot be read`);
  return { headers, rows: records.map(({ values }) => values) };
}

type Rows = readonly (readonly string[])[];

/**
 * The verdict of a row, from the column whose values are verdicts; failing that, an address under "First Safe To Send Email"
 * says `Safe to Send`. A blank there alone does not tell a bad address from one that is not checked yet.
 */
function* verdictReader(
  keys: readonly string[],
  rows: Rows,
): InPieces<(row: readonly string[]) => ClayResult['verdict']> {
  const hits = keys.map(() => 0);
  for (const row of rows) {
    row.forEach((cell, index) => {
      if (verdictIn(cell) !== null) hits[index] = (hits[index] ?? 0) + 1;
    });
    yield;
  }
  const results = keys
    .map((key, index) => ({ index, key, hits: hits[index] ?? 0 }))
    .filter(({ key, hits }) => hits > 0 && !/reason|first|last|head|safetosendemail$/.test(key))
    .sort((a, b) => b.hits - a.hits || Number(likely(b.key)) - Number(likely(a.key)));
  const safe = keys.findIndex((key) => /safetosend/.test(key));
  const best = results[0]?.index;
  return (row) => {
    const said = best === undefined ? null : verdictIn(row[best] ?? '');
    if (said) return said;
    if (safe < 0) return null;
    if (/@|^(true|yes|safe to send)$/i.test((row[safe] ?? '').trim())) return 'Safe to Send';
    return best === undefined ? 'not named safe' : null;
  };
}

function likely(key: string): boolean {
  return /result|verdict|status|debounce|valid/.test(key);
}

/** A cell of the column: the verdict itself, or with what Clay puts around it (`✅ Safe to Send`, `{"result":"Invalid"}`). */
function verdictIn(cell: string): Verdict | null {
  // Most cells of a table are something else, and every cell is asked.
  if (!/safe|invalid|risky|unknown/i.test(cell)) return null;
  const bare = cell
    .replace(/[^\p{L} _-]/gu, ' ')
    .replace(/[\s_-]+/g, ' ')
    .trim()
    .toLowerCase();
  const exact = verdicts.find((verdict) => bare === verdict.toLowerCase());
  if (exact) return exact;
  const inside = /"?result"?\s*[:=]\s*"?(safe to send|invalid|risky|unknown)/i.exec(cell)?.[1]?.toLowerCase();
  return verdicts.find((verdict) => verdict.toLowerCase() === inside) ?? null;
}

const number = '(\\d{1,3}(?:,\\d{3})+|\\d+)';
const toNumber = (text: string | undefined): number => Number((text ?? '').replaceAll(',', ''));

/** `35,204 rows`, `12,000 / 35,204 rows`, `Rows: 35,204`; null where the page does not say. Filters do not make a table smaller. */
export function readRowCount(lines: readonly string[]): number | null {
  const found: { readonly count: number; readonly rank: number }[] = [];
  for (const line of lines) {
    if (
      line.length > 160 ||
      /\b(run|import|select\w*|limit|max\w*|up to|first|credits?|add|save|every|per)\b/i.test(
        line.replace(/\bimported\b/i, ''),
      )
    )
      continue;
    const part = new RegExp(`${number}\\s*(?:/|of|out of)\\s*${number}\\s*(?:total )?(?:rows?|records?)\\b`, 'i').exec(
      line,
    );
    const plain = new RegExp(
      `(?<![/\\d,.])${number}\\s*(?:total )?(?:rows?|records?)\\b|\\b(?:total )?rows?\\s*[:(]\\s*${number}`,
      'i',
    ).exec(line);
    if (part) found.push({ count: toNumber(part[2]), rank: 0 });
    else if (plain) found.push({ count: toNumber(plain[1] ?? plain[2]), rank: 1 });
  }
  const best = Math.min(...found.map(({ rank }) => rank));
  const counts = found.filter(({ rank }) => rank === best).map(({ count }) => count);
  return counts.length > 0 ? Math.max(...counts) : null;
}

/** Which of the four counts a word of Clay's belongs to. */
export function stateOf(words: string): 'success' | 'error' | 'empty' | 'running' | null {
  if (
    /\b(running|queued|pending|in progress|processing|retry\w*|rate[ _-]?limit\w*|loading|waiting|scheduled|not (yet )?run|remaining)\b/i.test(
      words,
    )
  )
    return 'running';
  if (/\b(errors?|errored|failed|failures?|timed? ?out)\b/i.test(words)) return 'error';
  if (/\b(empty|blank|no (data|result|input)|skipped|condition not met)\b/i.test(words)) return 'empty';
  return /\b(success\w*|succeeded|complete[d]?|done|finished|found|valid(ated)?|ready)\b/i.test(words)
    ? 'success'
    : null;
}

/**
 * A summary like `480 success · 3 errors · 17 running` or `Success: 480, Error: 3`, or `483 / 500`; null where the lines hold
 * none. What no state claims is still running.
 * @param total rows of the table
 */
export function readProgress(lines: readonly string[], total: number): ValidationProgress | null {
  const counts = { success: 0, error: 0, empty: 0, running: 0 };
  const kinds = new Set<string>();
  for (const line of lines) {
    if (line.length > 300) continue;
    const parts = [
      ...line.matchAll(new RegExp(`${number}\\s*(?:rows? |cells? )?([a-z][a-z_ -]{2,16})`, 'gi')),
      ...[...line.matchAll(new RegExp(`\\b([a-z][a-z_ -]{2,16}?)\\s*[:=(]\\s*${number}`, 'gi'))].map(
        ([all, word, count]) => [all, count, word],
      ),
    ];
    for (const [, count, word] of parts) {
      const state = stateOf(word ?? '');
      if (!state) continue;
      const key = `${state} ${(word ?? '').trim().toLowerCase()}`;
      if (kinds.has(key)) continue;
      kinds.add(key);
      counts[state] += toNumber(count);
    }
  }
  if (kinds.size === 0) return fraction(lines, total);
  const finished = counts.success + counts.error + counts.empty;
  return finished > total ? null : { total, ...counts, running: total - finished };
}

function fraction(lines: readonly string[], total: number): ValidationProgress | null {
  for (const line of lines) {
    const match = new RegExp(`^\\D{0,40}${number}\\s*(?:/|of)\\s*${number}(?!.*\\brows?\\b)\\D{0,40}$`, 'i').exec(line);
    if (match && toNumber(match[2]) === total && toNumber(match[1]) <= total) {
      const done = toNumber(match[1]);
      return { total, success: done, error: 0, empty: 0, running: total - done };
    }
  }
  return null;
}
