import { createHash } from 'node:crypto';
import { each, type InPieces } from './turns.ts';
import type { Month, Zip } from './vocabulary.ts';

export type SampledLead = { readonly id: string; readonly zip: Zip };
export type Sample = { readonly kept: readonly string[]; readonly reserve: readonly string[] };

/**
 * Whole places per ZIP out of `target`: each gets its proportional share rounded down, and the places left over go to
 * the largest remainders, ties in ZIP order. So every ZIP is within one lead of its exact share.
 */
export function shares(counts: ReadonlyMap<Zip, number>, target: number): ReadonlyMap<Zip, number> {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (total <= target) return counts;
  const exact = [...counts].map(([zip, count]) => {
    const numerator = count * target; // in whole numbers, so that remainders compare exactly
    return { zip, floor: Math.floor(numerator / total), remainder: numerator % total };
  });
  const left = target - exact.reduce((sum, { floor }) => sum + floor, 0);
  const lucky = exact.toSorted((a, b) => b.remainder - a.remainder || (a.zip < b.zip ? -1 : 1)).slice(0, left);
  const extra = new Set(lucky.map(({ zip }) => zip));
  return new Map(exact.map(({ zip, floor }) => [zip, floor + (extra.has(zip) ? 1 : 0)]));
}

/**
 * Who stays when there are more cleaned leads than the target: the same share of every ZIP, the rest is reserve.
 * The same leads give the same answer in any order and at any time: within a ZIP they line up by a hash of client,
 * month and lead id, which prefers nobody.
 */
export function* evenSample(
  leads: readonly SampledLead[],
  target: number,
  seed: { readonly client: string; readonly month: Month },
): InPieces<Sample> {
  const byZip = new Map<Zip, SampledLead[]>();
  for (const lead of leads) {
    const group = byZip.get(lead.zip);
    if (group) group.push(lead);
    else byZip.set(lead.zip, [lead]);
    yield;
  }
  const places = shares(new Map([...byZip].map(([zip, group]) => [zip, group.length])), Math.max(0, target));
  const kept: string[] = [];
  const reserve: string[] = [];
  for (const [zip, group] of [...byZip].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const placed = yield* each(group, ({ id }) => ({
      id,
      place: createHash('sha256').update(`${seed.client}|${seed.month}|${id}`).digest('hex'),
    }));
    const line = placed.toSorted((a, b) => (a.place < b.place ? -1 : 1)).map(({ id }) => id);
    const stay = places.get(zip) ?? 0;
    kept.push(...line.slice(0, stay));
    reserve.push(...line.slice(stay));
  }
  return { kept, reserve };
}
