import { z } from 'zod';
import { loadingModal, messageModal, pickZipsModal, type Pick } from '../../../blocks/modals.ts';
import { escaped } from '../../../blocks/kit.ts';
import { GapFacts, SuggestionPayload } from '../../../pipeline/gap-report.ts';
import { placeName } from '../../../pipeline/gap/place-name.ts';
import { stateOf } from '../../../pipeline/normalise/state.ts';
import { fiveDigits } from '../../../pipeline/normalise/zip.ts';
import { filtersKey } from '../../../pipeline/workflows/pull/plan.ts';
import { gapRound, gapRoundClosed } from '../../../pipeline/questions.ts';
import { isLive } from '../../../pipeline/run.ts';
import type { Client } from '../../../pipeline/vocabulary.ts';
import type { StoredRun } from '../../store/runs/row.ts';
import { mayAct, notAllowed, roleFor, type SlackDeps } from '../deps.ts';
import { pickedOutcome, type Picked } from './picked.ts';
import type { Click } from './click.ts';

const Round = z.object({ facts: GapFacts, picks: z.array(SuggestionPayload) });

/** The modal opens at once (Slack's trigger lives three seconds) and fills when the ZIPs are there. */
export async function openPickZips(deps: SlackDeps, click: Click): Promise<void> {
  const [runId = '', round = ''] = click.value.split('|');
  const viewId = await click.openModal(loadingModal('Pick ZIPs'));
  if (!viewId) return;
  const run = await deps.store.runs.get(runId);
  const report = run && isLive(run) ? await reportOf(deps, run, Number(round)) : undefined;
  if (!report) {
    return click.updateModal(
      viewId,
      messageModal('Pick ZIPs', 'This report is over. Start the pull again for new suggestions.'),
    );
  }
  const picks = report.picks.flatMap((pick): Pick[] =>
    pick.zip === undefined
      ? []
      : [
          {
            zip: pick.zip,
            state: pick.state ?? '',
            miles: pick.miles,
            middle: pick.middle,
            preApproved: pick.preApproved ?? false,
            place: placeName(pick.zip),
          },
        ],
  );
  await click.updateModal(viewId, pickZipsModal({ runId, round: Number(round), gap: report.facts.gap, picks }));
}

export const PickMetadata = z.object({ runId: z.string(), round: z.number() });

/** What is wrong with what was typed, by Slack's block id; checked before the modal closes. */
export function typedErrors(typed: string, chosen: readonly string[]): Record<string, string> {
  const words = typedWords(typed);
  const bad = words.filter((word) => !/^\d{5}$/.test(word));
  if (bad.length > 0) return { typed: `Not five digits: ${bad.slice(0, 5).join(', ')}` };
  if (words.length === 0 && chosen.length === 0) return { typed: 'Choose at least one ZIP, or type one.' };
  return {};
}

const typedWords = (typed: string) => typed.split(/[\s,;]+/).filter((word) => word !== '');

/** The picked ZIPs become approved suggestions of the round: pulled at once, exactly these. */
export async function pickZips(
  deps: SlackDeps,
  click: Click,
  request: { runId: string; round: number; chosen: readonly string[]; typed: string },
): Promise<void> {
  const run = await deps.store.runs.get(request.runId);
  const client = run?.client ? await deps.store.clients.get(run.client) : null;
  const report = run && (await reportOf(deps, run, request.round));
  if (!run || !client || !run.month || !report || !isLive(run))
    return click.tell('This report is over. Nothing was pulled.');
  if (await isPast(deps, run, request.round))
    return click.tell(
      'The report has moved on to its next round meanwhile. Nothing was pulled; press *Pick ZIPs …* there once more.',
    );
  const role = await roleFor(deps, click.user, client.slug);
  if (!mayAct(role, 'operator')) return click.tell(notAllowed('operator', client.slug));
  const zips = [...new Set([...request.chosen, ...typedWords(request.typed)])];
  const book = { client: client.slug, month: run.month, filtersKey: filtersKey(client.filters) };
  const pulled = new Set<string>(await deps.store.leads.pulledZips(book));
  const again = zips.filter((zip) => pulled.has(zip));
  if (again.length > 0)
    return click.tell(`Pulled already for this month: ${again.join(', ')}. Nothing was pulled; choose without them.`);
  const picked = await suggestionsFor(deps, client, zips, report.picks);
  if (picked.unknown.length > 0) {
    const states = [...client.states, ...client.secondaryStates].join(', ');
    return click.tell(
      `These are not ZIPs of ${escaped(client.name)}'s states (${states}): ${picked.unknown.join(', ')}. Nothing was pulled.`,
    );
  }
  const list = await deps.store.clients.zips(client.slug, run.month);
  const own = new Set<string>([...list.approved, ...list.preApproved]);
  const foreign = zips.filter((zip) => !own.has(zip));
  const needed = foreign.length > 0 ? 'approver' : 'operator';
  if (!mayAct(role, needed)) {
    const why = foreign.length > 0 ? ` ${foreign.slice(0, 10).join(', ')} are not in the client's own lists.` : '';
    return click.tell(`${notAllowed(needed, client.slug)}${why}`);
  }
  const outcome = await pickedOutcome(deps, run, request.round, picked.suggestions, click.user, needed);
  if (outcome) await click.tell(outcome);
}

/** The round is closed, so an approval now would never be carried out. */
async function isPast(deps: SlackDeps, run: StoredRun, round: number): Promise<boolean> {
  const closed = gapRoundClosed(round);
  return (await deps.store.runs.steps(run.id)).some(({ name }) => name === closed);
}

async function reportOf(deps: SlackDeps, run: StoredRun, round: number) {
  const step = (await deps.store.runs.steps(run.id)).find((one) => one.name === gapRound(round));
  const parsed = Round.safeParse(step?.output);
  return parsed.success ? parsed.data : undefined;
}

/** Estimates for chosen ZIPs: those of the report, else by the same rate from the imported homes. */
async function suggestionsFor(
  deps: SlackDeps,
  client: Client,
  zips: readonly string[],
  picks: readonly SuggestionPayload[],
): Promise<{ suggestions: Picked[]; unknown: string[] }> {
  const states = [...client.states, ...client.secondaryStates];
  const homes = await deps.store.clients.homesIn(states);
  const [like] = picks;
  const unknown: string[] = [];
  const suggestions = zips.flatMap((typed): Picked[] => {
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
  return { suggestions, unknown };
}
