import type { Run } from '../../pipeline/run.ts';
import { marks, runCard, runTitle, shownStatus } from '../run-card.ts';
import { inSections } from '../sections.ts';
import type { Message } from '../kit.ts';
import { headline, headMark, leftOut, lineWords, standingOf, standings, type MonthLine } from './line.ts';

/** The month's one message: a line per client, what must be seen first first. */
export function monthCard(run: Run, lines: readonly MonthLine[], now: Date): Message {
  // The phases would say once more what the lines say, and not be true for as long.
  const shown: Run = { ...run, progress: {} };
  if (lines.length === 0) return runCard(shown, null, now);
  const blocks = inSections(sorted(lines).map(lineWords), leftOut);
  return runCard(shown, null, now, [], { head: sentenceOf(run, lines), blocks, buttons: [] });
}

const sorted = (lines: readonly MonthLine[]) =>
  lines.toSorted((a, b) => standings.indexOf(standingOf(a)) - standings.indexOf(standingOf(b)));

/** `✋ Monthly pull · March 2027: 1 of 2 done, 1 short and waiting.` */
function sentenceOf(run: Run, lines: readonly MonthLine[]): string {
  const status = shownStatus(run);
  const title = runTitle(run, null);
  const says = headline(lines, run.dryRun);
  if (status === 'failed')
    return `${marks.failed} ${title} failed: ${run.error ?? 'unknown error'} Of its clients ${says}.`;
  if (status === 'canceled') return `${marks.canceled} ${title} was canceled. Of its clients ${says}.`;
  return `${headMark(lines)} ${title}: ${says}.`;
}
