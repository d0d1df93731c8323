import { z } from 'zod';
import { readBooks } from './books.ts';
import type { Stage } from './stage.ts';

const ColeStats = z.object({
  exports: z.number(),
  maxExport: z.number(),
  concurrentSessionViolations: z.number(),
  exportList: z.array(
    z.object({ exportKey: z.string(), zips: z.array(z.string()), records: z.number(), completed: z.boolean() }),
  ),
});
type ColeStats = z.output<typeof ColeStats>;

/** What the stand-in Cole counted. */
async function coleStats(stage: Stage): Promise<ColeStats> {
  return ColeStats.parse(await (await fetch(`${stage.coleUrl}/_control/stats`)).json());
}

/** The demo's result: what the stand-ins counted, beside what the database holds at the end. */
export type Result = Readonly<Record<string, unknown>> & { readonly ok: boolean };

/**
 * Adds everything of a client up and says what does not fit.
 */
export async function audit(stage: Stage, client: string, seconds: number): Promise<Result> {
  const cole = await coleStats(stage);
  const books = await readBooks(stage.dataDir, client);
  // The other client's month is pulled beside it, from the same Cole.
  const own = new Set(books.sources.filter(({ origin }) => origin === 'cole').flatMap(({ zips }) => zips));
  const entries = cole.exportList.filter(({ zips }) => zips.every((zip) => own.has(zip)));
  // A file that was asked for again after a crash counts once: its last copy is the one we hold.
  const files = new Map(entries.filter((entry) => entry.completed).map((entry) => [entry.exportKey, entry.records]));
  const raw = total([...files.values()]) + books.movedIn;
  const topUps = books.sources.filter(
    (source) => source.round !== 'first' && source.origin === 'cole' && source.asked > 0,
  );
  const got = total(books.rounds.map((round) => round.got));
  const gapAfter = Math.max(0, books.target - (books.states.cleaned ?? 0));
  const sum = total(Object.values(books.states));
  const problems = [
    books.status === 'success' ? '' : `the run ended as ${books.status}`,
    raw === sum ? '' : `raw ${raw} is not the sum of the states ${sum}`,
    cole.maxExport < 10_000 ? '' : `an export held ${cole.maxExport} records`,
    books.gap === gapAfter ? '' : `the report says a gap of ${books.gap}, target less cleaned is ${gapAfter}`,
    books.gapBefore - gapAfter === Math.min(got, books.gapBefore)
      ? ''
      : `gap ${books.gapBefore} less got ${got} is not ${gapAfter}`,
    cole.concurrentSessionViolations === 0 ? '' : 'one login was used from two browsers at once',
    books.gapBefore > 0 ? '' : 'there was no gap to close',
  ].filter((problem) => problem !== '');
  return {
    ok: problems.length === 0,
    ...(problems.length > 0 && { reason: problems.join('; ') }),
    raw,
    exports: entries.length,
    maxExport: cole.maxExport,
    exportsRepeated: total(books.sources.map((one) => Math.max(0, one.asked - (one.recounted ? 2 : 1)))),
    zipsPulledTwice: books.zipsPulledTwice,
    states: books.states,
    target: books.target,
    gapBefore: books.gapBefore,
    suggestions: books.suggestions,
    predicted: total(books.rounds.map((round) => round.predicted.middle)),
    topUpExports: topUps.length,
    topUpRaw: total(topUps.map((source) => source.original_rows ?? 0)),
    got,
    gapAfter,
    ackMsMax: Math.round(stage.slackStats().ackMs.max),
    seconds: Math.round(seconds),
  };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
