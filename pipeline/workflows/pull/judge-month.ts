import { Retryable } from '../../errors.ts';
import { judgeAll } from '../../judge/all.ts';
import type { BookKey, JudgedRow } from '../../ports/leads.ts';
import type { Using } from '../../ports/using.ts';
import type { InStep } from '../../workflow.ts';
import { inTurns, type InPieces } from '../../turns.ts';
import type { Client, Judgement, Verdict, Zip } from '../../vocabulary.ts';

export type JudgingPorts = Using<{ leads: 'version' | 'rowsToJudge' | 'judge'; clients: 'homeValueLimit' }>;

/**
 * Gives every lead of the month its one state, from the rows, the rules and the verdicts as they are now. The same
 * facts give the same states, however often and in however many pieces they came in. Rows that change while they are judged
 * (a ZIP moved away, a list took them) are judged again from what they are then.
 *
 * @throws Retryable where they changed every time
 */
export async function judgeMonth(
  context: Pick<InStep<Client, JudgingPorts>, 'ports'>,
  client: Client,
  book: BookKey,
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) if (await judgeOnce(context, client, book)) return;
  throw new Retryable('TIMEOUT', 'the leads of the month changed whenever they were being judged');
}

/** Others change a month's leads a few times a month, and each needs a moment only. */
const mostTries = 20;

async function judgeOnce(
  { ports }: Pick<InStep<Client, JudgingPorts>, 'ports'>,
  client: Client,
  book: BookKey,
): Promise<boolean> {
  // The version is read before the rows: a change in between is then noticed when writing. Read in the other order it
  // would be missed.
  const version = await ports.leads.version(book);
  const rows = await ports.leads.rowsToJudge(book);
  const homeValueLimit = await ports.clients.homeValueLimit(client, book.month);
  return ports.leads.judge(book, await inTurns(changesOf(rows, book, homeValueLimit)), version);
}

type Change = { readonly id: number; readonly judgement: Judgement };

/** Whose state is another than the one it has. */
function* changesOf(rows: readonly JudgedRow[], book: BookKey, homeValueLimit: number): InPieces<readonly Change[]> {
  const verdicts = new Map<string, Verdict>();
  // A foreign ZIP was quarantined when its file was read, against what that file was asked for.
  const askedZips = new Set<Zip>();
  for (const { lead, verdict } of rows) {
    if (lead.email && verdict) verdicts.set(lead.email, verdict);
    if (lead.zip) askedZips.add(lead.zip);
    yield;
  }
  const judgements = yield* judgeAll(rows, { renewalMonth: book.month, askedZips, homeValueLimit }, verdicts);
  const changes: Change[] = [];
  for (const [index, { id, current }] of rows.entries()) {
    yield;
    const judgement = judgements[index];
    if (!judgement || (judgement.state === current.state && judgement.reason === current.reason)) continue;
    changes.push({ id, judgement });
  }
  return changes;
}
