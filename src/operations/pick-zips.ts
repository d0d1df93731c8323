import { escaped } from '../../blocks/kit.ts';
import type { PickOffer, SuggestionPayload } from '../../pipeline/gap-report.ts';
import { gapRound } from '../../pipeline/questions.ts';
import { isLive } from '../../pipeline/run.ts';
import { stateOf } from '../../pipeline/normalise/state.ts';
import { fiveDigits } from '../../pipeline/normalise/zip.ts';
import { filtersKey } from '../../pipeline/workflows/pull/plan.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import type { StoredRun } from '../store/runs/row.ts';
import { goOn, type Deciding } from './decide.ts';
import type { Deps } from './deps.ts';
import { Refused } from './refused.ts';
import { demand, isAllowed, notAllowed } from './who-may.ts';
import type { Who } from './who.ts';

type Picking = Deciding & { readonly store: Pick<Deps['store'], 'leads'> };
type Args = { readonly runId: string; readonly round: number; readonly zips: readonly string[] };

/** What a gap report offers to pick from; null where the report is over. */
export async function openReport(
  { store }: Pick<Picking, 'store'>,
  runId: string,
  round: number,
): Promise<PickOffer | null> {
  const run = await store.runs.get(runId);
  return run && isLive(run) ? store.approvals.offered(run.id, gapRound(round)) : null;
}

/**
 * The picked ZIPs become approved suggestions of the round: pulled at once, exactly these. ZIPs outside the client's own lists
 * need an approver.
 *
 * @returns what the person should know of ZIPs that were decided before; null when all are being pulled
 * @throws Refused where the report is over, a ZIP cannot be pulled, or this person may not
 */
export async function pickZips(deps: Picking, who: Who, { runId, round, zips }: Args): Promise<string | null> {
  const { store } = deps;
  const run = await store.runs.get(runId);
  const client = run?.client ? await store.clients.get(run.client) : null;
  const report = run && (await store.approvals.offered(run.id, gapRound(round)));
  if (!run || !client || !run.month || !report || !isLive(run)) {
    throw new Refused('This report is over. Nothing was pulled.');
  }
  await demand(deps, who, 'operator', client.slug);
  const book = { client: client.slug, month: run.month, filtersKey: filtersKey(client.filters) };
  const pulled = new Set<string>(await store.leads.pulledZips(book));
  const again = zips.filter((zip) => pulled.has(zip));
  if (again.length > 0) {
    throw new Refused(`Pulled already for this month: ${again.join(', ')}. Nothing was pulled; choose without them.`);
  }
  const picked = await suggestionsFor(store, client, zips, report.picks);
  const list = await store.clients.zips(client.slug, run.month);
  const own = new Set<string>([...list.approved, ...list.preApproved]);
  const foreign = zips.filter((zip) => !own.has(zip));
  const needed = foreign.length > 0 ? 'approver' : 'operator';
  if (!(await isAllowed(deps, who, needed, client.slug))) {
    throw notAllowed(needed, client.slug, `${foreign.slice(0, 10).join(', ')} are not in the client's own lists.`);
  }
  return askAndApprove(deps, who, run, round, picked, needed);
}

/**
 * Writes picked ZIPs as questions of the round and answers them at once, through the same compare-and-set as a click.
 * @throws Refused where the round was closed meanwhile: an approval would never be carried out
 */
async function askAndApprove(
  deps: Picking,
  who: Who,
  run: StoredRun,
  round: number,
  picked: readonly SuggestionPayload[],
  requiredRole: 'operator' | 'approver',
): Promise<string | null> {
  const name = gapRound(round);
  const now = deps.clock.now();
  const questions = picked.map((suggestion) => ({
    key: suggestion.id,
    kind: 'suggestion' as const,
    payload: suggestion,
    marked: false,
    requiredRole,
  }));
  const changed = await deps.store.approvals.pick({
    runId: run.id,
    round: name,
    questions,
    expiresAt: new Date(now.getTime() + 3_600_000),
    by: who.id,
    now,
  });
  if (changed === null) {
    throw new Refused(
      'The report has moved on to its next round meanwhile. Nothing was pulled; press *Pick ZIPs …* there once more.',
    );
  }
  await goOn(deps, run);
  if (changed.length === picked.length) return null;
  const keys = new Set(picked.map((suggestion) => suggestion.id));
  const before = (await deps.store.approvals.ofRound(run.id, name)).filter(
    (question) => keys.has(question.key) && !changed.some((one) => one.id === question.id),
  );
  const left = before.map((question) => `${question.key.replace('zip:', '')} (${question.state})`).join(', ');
  return `${changed.length} of ${picked.length} ZIPs are being pulled. Decided before, and left as they are: ${left}.`;
}

/**
 * Estimates for chosen ZIPs: those of the report, else by the same rate from the imported homes.
 * @throws Refused where one is no ZIP of the client's states
 */
async function suggestionsFor(
  store: Picking['store'],
  client: Client,
  zips: readonly string[],
  picks: readonly SuggestionPayload[],
): Promise<SuggestionPayload[]> {
  const states = [...client.states, ...client.secondaryStates];
  const homes = await store.clients.homesIn(states);
  const [like] = picks;
  const unknown: string[] = [];
  const suggestions = zips.flatMap((typed): SuggestionPayload[] => {
    const known = picks.find((pick) => pick.zip === typed);
    if (known) return [known];
    const zip = fiveDigits(typed);
    const state = zip && stateOf(zip);
    if (!state || !states.includes(state)) {
      unknown.push(typed);
      return [];
    }
    const homesHere = homes.get(zip) ?? null;
    const scale = like?.homes && homesHere ? homesHere / like.homes : 0;
    const scaled = (value: number | undefined) => Math.round((value ?? 0) * scale);
    return [
      {
        id: `zip:${zip}`,
        kind: 'add',
        level: 3,
        zip,
        state,
        homes: homesHere,
        miles: null,
        preApproved: false,
        secondary: !client.states.includes(state),
        low: scaled(like?.low),
        middle: scaled(like?.middle),
        high: scaled(like?.high),
        basis: like?.basis ?? { of: 'cleaned leads per home', rate: 0, sample: 0 },
        cost: { exports: 1, validations: scaled(like?.cost.validations) },
      },
    ];
  });
  if (unknown.length === 0) return suggestions;
  throw new Refused(
    `These are not ZIPs of ${escaped(client.name)}'s states (${states.join(', ')}): ${unknown.join(', ')}. Nothing was pulled.`,
  );
}
