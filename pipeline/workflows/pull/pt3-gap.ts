import { planGapApart } from '../../gap/apart.ts';
import { candidatesFrom } from '../../gap/candidates.ts';
import { milesToNearest } from '../../gap/distance.ts';
import { optionsOf } from '../../gap/options.ts';
import type { Donor, GapInput, GapPlan, Suggestion } from '../../gap/types.ts';
import type { GapFacts } from '../../gap-report.ts';
import { booksDifference } from '../../judge/books.ts';
import { stateOf } from '../../normalise/state.ts';
import type { BookKey } from '../../ports/leads.ts';
import type { Using } from '../../ports/using.ts';
import { gapRound, type Question } from '../../questions.ts';
import type { InStep } from '../../workflow.ts';
import { targetOf } from '../../target.ts';
import type { Client, Zip } from '../../vocabulary.ts';
import { keepReserve, type ReservePorts } from './keep-reserve.ts';

export type GapPorts = ReservePorts &
  Using<{
    leads: 'counts' | 'saveMonth' | 'rawCount' | 'zipCounts' | 'pulledZips' | 'safeToSend' | 'relaxable';
    clients: 'all' | 'zips' | 'homesIn' | 'homeValueLimit';
    batches: 'awaiting';
    approvals: 'answers' | 'rejectedKeys' | 'offer';
    settings: 'nearbyMiles';
  }>;

/** ZIPs that Pick ZIPs offers; a longer list would be of no help. Others can be typed. */
const pickable = 400;

export type GapRound = {
  readonly facts: GapFacts;
  readonly questions: readonly Question[];
};

/**
 * PT3 · Totals and gap. Compares the month's cleaned leads with the target and, where they fall short, works out what
 * to suggest and what Pick ZIPs offers beside it.
 *
 * @param earlier the rounds before this one, as their reports keep them
 */
export async function workOutGap(
  context: InStep<Client, GapPorts>,
  book: BookKey,
  round: number,
  earlier: GapFacts['rounds'],
): Promise<GapRound> {
  const { ports, client } = context;
  const target = targetOf(client);
  const counts = await ports.leads.counts(book);
  const cleaned = counts.cleaned ?? 0;
  const reserve = await keepReserve(context, book, target);
  const gap = Math.max(0, target - cleaned);
  await ports.leads.saveMonth(book, { count: cleaned, target, gap, reserve });
  const input = await gapInput(context, book, target, cleaned, await worthWaitingFor(context, book, round));
  const plan = await planGapApart(input, context.signal);
  const raw = await ports.leads.rawCount(book);
  const questions = gap > 0 ? questionsOf(plan, await allowedZips(context, book)) : [];
  // Without a question the run does not wait for anybody.
  if (questions.length > 0)
    await ports.approvals.offer(context.run.id, gapRound(round), { gap, picks: picksOf(input) });
  return {
    facts: {
      month: book.month,
      round,
      target,
      cleaned,
      reserve,
      unverified: counts.unverified ?? 0,
      gap,
      books: counts,
      raw,
      difference: booksDifference(raw, counts),
      coversGap: plan.coversGap,
      predicted: plan.predicted,
      cost: plan.cost,
      nothingLeft: plan.nothingLeft,
      closed: false,
      rounds: earlier,
    },
    questions,
  };
}

/** Rows whose e-mail is still being checked; none once this run has waited for them: the next way comes first then. */
async function worthWaitingFor(
  { ports, run }: InStep<Client, GapPorts>,
  book: BookKey,
  round: number,
): Promise<number> {
  const awaiting = await ports.batches.awaiting(book.client, book.month);
  for (let earlier = 1; awaiting > 0 && earlier < round; earlier += 1) {
    const answers = await ports.approvals.answers(run.id, gapRound(earlier));
    if (answers.some(({ key, state }) => key === 'wait' && state === 'approved')) return 0;
  }
  return awaiting;
}

async function gapInput(
  context: InStep<Client, GapPorts>,
  book: BookKey,
  target: number,
  cleaned: number,
  unverified: number,
): Promise<GapInput> {
  const { ports, client } = context;
  const list = await ports.clients.zips(client.slug, book.month);
  const zipCounts = await ports.leads.zipCounts(book);
  const pulledZips = await ports.leads.pulledZips(book);
  const countOf = new Map(zipCounts.map((row) => [row.zip, row]));
  const states = [...client.states, ...client.secondaryStates];
  const homes = await ports.clients.homesIn(states);
  const limit = await ports.clients.homeValueLimit(client, book.month);
  return {
    target,
    cleaned,
    unverified,
    safeToSend: await ports.leads.safeToSend(book),
    pulled: pulledZips.flatMap((zip) => {
      const state = stateOf(zip);
      return state ? [{ zip, state, homes: homes.get(zip) ?? null, cleaned: countOf.get(zip)?.cleaned ?? 0 }] : [];
    }),
    candidates: candidatesFrom({
      states: client.states,
      secondaryStates: client.secondaryStates,
      pulled: pulledZips,
      preApproved: [...list.approved, ...list.preApproved],
      homes,
    }),
    donors: await donorsOf(context, book, pulledZips),
    relax:
      client.maxHomeValueLimit > limit
        ? [{ limit: client.maxHomeValueLimit, rows: await ports.leads.relaxable(book, client.maxHomeValueLimit) }]
        : [],
    rejected: new Set(await ports.approvals.rejectedKeys(client.slug, book.month)),
    radiusMiles: ports.settings.nearbyMiles,
  };
}

/** Other clients of a licensed state that have more than their target, and the ZIPs of which nothing is uploaded. */
async function donorsOf(context: InStep<Client, GapPorts>, book: BookKey, pulled: readonly Zip[]): Promise<Donor[]> {
  const { ports, client } = context;
  const mine = new Set<string>(pulled);
  const donors: Donor[] = [];
  for (const other of await ports.clients.all()) {
    const shared = other.states.filter((state) => client.states.includes(state));
    if (other.slug === client.slug || !other.active || shared.length === 0) continue;
    const theirs = await ports.leads.zipCounts({ client: other.slug, month: book.month, filtersKey: '' });
    const surplus = theirs.reduce((sum, row) => sum + row.cleaned, 0) - targetOf(other);
    if (surplus <= 0) continue;
    for (const state of shared) {
      donors.push({
        client: other.slug,
        state,
        surplus,
        zips: theirs
          // A row with a cleaned lead has a ZIP: without one it would be quarantined.
          .map((row) => ({ ...row, zip: row.zip as Zip }))
          .filter(
            ({ zip, uploaded, cleaned }) => uploaded === 0 && cleaned > 0 && !mine.has(zip) && stateOf(zip) === state,
          )
          .map(({ zip, cleaned }) => ({ zip, cleaned, miles: milesToNearest(zip, pulled) })),
      });
    }
  }
  return donors;
}

async function allowedZips(context: InStep<Client, GapPorts>, book: BookKey): Promise<ReadonlySet<string>> {
  const list = await context.ports.clients.zips(context.client.slug, book.month);
  return new Set([...list.approved, ...list.preApproved]);
}

/**
 * Operators decide on ZIPs of the client's own lists and on waiting; everything else needs an approver
 * (docs/sop.md#roles).
 */
function requiredRole(suggestion: Suggestion, allowed: ReadonlySet<string>): 'operator' | 'approver' {
  if (suggestion.kind === 'wait') return 'operator';
  return suggestion.kind === 'add' && allowed.has(suggestion.zip) ? 'operator' : 'approver';
}

function questionsOf(plan: GapPlan, allowed: ReadonlySet<string>): Question[] {
  return [...plan.marked, ...plan.alternatives].map((suggestion) => ({
    key: suggestion.id,
    kind: 'suggestion',
    payload: suggestion,
    marked: suggestion.marked,
    requiredRole: requiredRole(suggestion, allowed),
  }));
}

/** What Pick ZIPs offers: pre-approved first, then the nearest. */
function picksOf(input: GapInput): Suggestion[] {
  const far = (suggestion: Suggestion) => suggestion.miles ?? Infinity;
  const first = (suggestion: Suggestion) => (suggestion.kind === 'add' && suggestion.preApproved ? 0 : 1);
  return optionsOf(input)
    .map(({ suggestion }) => suggestion)
    .filter((suggestion) => suggestion.kind === 'add')
    .toSorted((a, b) => first(a) - first(b) || far(a) - far(b) || (a.id < b.id ? -1 : 1))
    .slice(0, pickable);
}
