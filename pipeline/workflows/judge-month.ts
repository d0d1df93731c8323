import { Retryable } from '../errors.ts';
import { judgeAll } from '../judge/all.ts';
import type { BookKey } from '../ports/leads.ts';
import type { RunContext } from '../run.ts';
import type { Client, Verdict, Zip } from '../vocabulary.ts';

/**
 * Gives every lead of the month its one state, from the rows, the rules and the verdicts as they are now. The same
 * facts give the same states, however often and in however many pieces they came in. Rows that change while they are judged
 * (a ZIP moved away, a list took them) are judged again from what they are then.
 *
 * @throws Retryable where they changed every time
 */
export async function judgeMonth(context: Pick<RunContext, 'ports'>, client: Client, book: BookKey): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) if (await judgeOnce(context, client, book)) return;
  throw new Retryable('TIMEOUT', 'the leads of the month changed whenever they were being judged');
}

/** Others change a month's leads a few times a month, and each needs a moment only. */
const mostTries = 20;

async function judgeOnce({ ports }: Pick<RunContext, 'ports'>, client: Client, book: BookKey): Promise<boolean> {
  // Before the rows: what changes between the two is noticed, and not the other way round.
  const version = await ports.leads.version(book);
  const rows = await ports.leads.rowsToJudge(book);
  const verdicts = new Map<string, Verdict>();
  for (const { lead, verdict } of rows) if (lead.email && verdict) verdicts.set(lead.email, verdict);
  // A foreign ZIP was quarantined when its file was read, against what that file was asked for.
  const askedZips = new Set<Zip>(rows.flatMap(({ lead }) => (lead.zip ? [lead.zip] : [])));
  const homeValueLimit = await ports.clients.homeValueLimit(client, book.month);
  const judgements = judgeAll(rows, { renewalMonth: book.month, askedZips, homeValueLimit }, verdicts);
  const changes = rows.flatMap(({ id, current }, index) => {
    const judgement = judgements[index];
    if (!judgement || (judgement.state === current.state && judgement.reason === current.reason)) return [];
    return [{ id, judgement }];
  });
  return ports.leads.judge(book, changes, version);
}
