/**
 * How often a prediction's range held: `npm run -s bench:predictions`.
 *
 * For each of 20 seeds of the stand-in's households: a client's ZIPs are pulled and judged, the gap to its target is
 * planned as in PT3, and what the suggested ZIPs then really bring is held against the range that was promised, for the
 * set and for each ZIP. The stand-in gives every ZIP a rate of its own that the plan cannot know. No clock, no chance:
 * the same numbers on every machine.
 */
import {
  allPlaces,
  demoClients,
  demoWorld,
  homesOf,
  householdsOf,
  judge,
  makeWorld,
  type Household,
  type World,
} from '../../sandbox/households/index.ts';
import { candidatesFrom } from '../../pipeline/gap/candidates.ts';
import { planGap } from '../../pipeline/gap/plan.ts';
import type { GapInput } from '../../pipeline/gap/types.ts';
import { stateOf } from '../../pipeline/normalise/state.ts';
import type { Zip } from '../../pipeline/vocabulary.ts';

const seeds = 20;
const month = 3;
const target = 15_000;
const states = ['TX', 'OK'];

type Held = { readonly low: number; readonly middle: number; readonly high: number; readonly got: number };
const holds = ({ low, high, got }: Held) => got >= low && got <= high;
const percent = (part: number, whole: number) => `${Math.round((100 * part) / Math.max(1, whole))} %`;

function cleanedPerZip(households: readonly Household[], world: World): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { home } of judge(households, world.seed).cleaned) counts.set(home.zip, (counts.get(home.zip) ?? 0) + 1);
  return counts;
}

async function tryOne(seed: string): Promise<{ readonly set: Held; readonly zips: readonly Held[] }> {
  const world = makeWorld({ ...demoWorld, seed });
  const homes = new Map(allPlaces().map((place) => [place.zip as Zip, homesOf(world, place)])); // five digits each
  const list = (demoClients[0]?.zips ?? []).map((zip) => zip as Zip); // five digits each
  const pulled = list.flatMap((zip) => householdsOf(world, zip, month));
  const before = judge(pulled, seed);
  const perZip = cleanedPerZip(pulled, world);
  const checked = ['cleaned', 'rejected: Invalid', 'rejected: Risky', 'rejected: Unknown'];
  const input: GapInput = {
    target,
    cleaned: before.cleaned.length,
    unverified: 0,
    safeToSend: {
      safe: before.cleaned.length,
      checked: checked.reduce((sum, state) => sum + (before.states[state] ?? 0), 0),
    },
    pulled: list.map((zip) => ({
      zip,
      state: stateOf(zip) ?? '',
      homes: homes.get(zip) ?? null,
      cleaned: perZip.get(zip) ?? 0,
    })),
    candidates: candidatesFrom({ states, secondaryStates: [], pulled: list, preApproved: [], homes }),
    donors: [],
    relax: [],
    rejected: new Set(),
  };
  const plan = await planGap(input);
  const added = plan.marked.flatMap((suggestion) => (suggestion.kind === 'add' ? [suggestion] : []));
  const all = [...pulled, ...added.flatMap(({ zip }) => householdsOf(world, zip, month))];
  const after = cleanedPerZip(all, world);
  return {
    set: { ...plan.predicted, got: judge(all, seed).cleaned.length - before.cleaned.length },
    zips: added.map(({ zip, low, middle, high }) => ({ low, middle, high, got: after.get(zip) ?? 0 })),
  };
}

const sets: Held[] = [];
const zips: Held[] = [];
console.log('seed      ZIPs  predicted (range)        got   held');
for (let number = 1; number <= seeds; number += 1) {
  const seed = `seed ${number}`;
  const { set, zips: each } = await tryOne(seed);
  sets.push(set);
  zips.push(...each);
  const range = `${set.middle} (${set.low}–${set.high})`;
  console.log(
    `${seed.padEnd(9)} ${String(each.length).padStart(4)}  ${range.padEnd(22)} ${String(set.got).padStart(5)}   ${holds(set) ? 'yes' : 'no'}`,
  );
}
const heldSets = sets.filter(holds).length;
const heldZips = zips.filter(holds).length;
console.log(
  `Ranges that held: ${heldSets} of ${sets.length} sets (${percent(heldSets, sets.length)}), ${heldZips} of ${zips.length} single ZIPs (${percent(heldZips, zips.length)}).`,
);
const off = sets.map(({ middle, got }) => got / middle).toSorted((a, b) => a - b);
console.log(
  `Got ÷ predicted: median ${off[Math.floor(off.length / 2)]?.toFixed(2) ?? '–'}, from ${off[0]?.toFixed(2) ?? '–'} to ${off.at(-1)?.toFixed(2) ?? '–'}.`,
);
