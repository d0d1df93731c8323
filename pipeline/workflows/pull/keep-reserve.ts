import { Retryable } from '../../errors.ts';
import type { BookKey } from '../../ports/leads.ts';
import type { Using } from '../../ports/using.ts';
import type { InStep } from '../../workflow.ts';
import { evenSample } from '../../sampling.ts';
import { inTurns } from '../../turns.ts';
import type { Client, Zip } from '../../vocabulary.ts';

export type ReservePorts = Using<{ leads: 'version' | 'cleaned' | 'reserve' }>;

/** Over target: an even sample by ZIP is used, the rest kept for later. Answers how many are kept. */
export async function keepReserve(
  context: Pick<InStep<Client, ReservePorts>, 'ports'>,
  book: BookKey,
  target: number,
): Promise<number> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const kept = await chooseOnce(context, book, target);
    if (kept !== null) return kept;
  }
  throw new Retryable('TIMEOUT', 'the leads of the month changed whenever the reserve was being chosen');
}

/** As for judging (judge-month.ts). */
const mostTries = 20;

/** Null: the leads are others by now. */
async function chooseOnce(
  { ports }: Pick<InStep<Client, ReservePorts>, 'ports'>,
  book: BookKey,
  target: number,
): Promise<number | null> {
  const version = await ports.leads.version(book);
  const leads = await ports.leads.cleaned(book);
  const uploaded = leads.filter((lead) => lead.uploaded);
  const open = leads.filter((lead) => !lead.uploaded);
  const { reserve } = await inTurns(
    evenSample(
      // A cleaned lead has a ZIP of five digits: without one it was quarantined.
      open.map(({ id, zip }) => ({ id: String(id), zip: zip as Zip })),
      Math.max(0, target - uploaded.length),
      { client: book.client, month: book.month },
    ),
  );
  return (await ports.leads.reserve(book, reserve.map(Number), version)) ? reserve.length : null;
}
