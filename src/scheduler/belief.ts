/**
 * A clock is believed while it goes on as time does. What it says after a jump, ahead or back, is believed only when it
 * still says so some time later: one wrong tick must not silence the calendar, or start it, for years.
 */

/** Two clocks read at once: what it is (milliseconds since 1970), and one that only ever goes on. */
export type Reading = { readonly wallMs: number; readonly steadyMs: number };

/** What we hold true, and what we were told since and do not yet believe. */
export type Belief = { readonly held: Reading | null; readonly doubted: Reading | null };

/** More than this away from where it should be, a clock has jumped (or nobody looked at it for so long). */
export const jumpMs = 2 * 3_600_000;
/** A doubted clock that goes on as time does is not further off than this. */
const driftMs = 60_000;

const shouldBe = ({ wallMs, steadyMs }: Reading, now: Reading) => wallMs + (now.steadyMs - steadyMs);
const isNear = (one: Reading, now: Reading, withinMs: number) => Math.abs(now.wallMs - shouldBe(one, now)) <= withinMs;

/**
 * Judges a reading. It is believed when it is where it should be, or when it has gone on for `confirmMs` from where it was
 * first doubted.
 */
export function judge(belief: Belief, now: Reading, confirmMs: number): Belief & { readonly believed: boolean } {
  const { held, doubted } = belief;
  if (!held || isNear(held, now, jumpMs)) return { believed: true, held: now, doubted: null };
  const since = doubted && isNear(doubted, now, driftMs) ? doubted : now;
  if (now.steadyMs - since.steadyMs >= confirmMs) return { believed: true, held: now, doubted: null };
  return { believed: false, held, doubted: since };
}
