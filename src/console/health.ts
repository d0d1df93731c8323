/** How one part of the app stands; further facts are for people (`since`, `problem`). Never a value of anybody's row. */
export type Standing = { readonly ok: boolean; readonly [fact: string]: string | number | boolean | null };

/** Answers how a part stands now. What it throws, and what it takes too long for, counts as not ok. */
export type Look = () => Standing | Promise<Standing>;

type HealthFacts = {
  /** Every part is ok. */
  readonly ok: boolean;
  /** Seconds since this process started. */
  readonly seconds: number;
  /** Runs that are not over; null while the database does not answer. */
  readonly runs: number | null;
  readonly parts: Readonly<Record<string, Standing>>;
};

export type Health = () => Promise<HealthFacts>;

/**
 * How the app stands, part by part. However often it is asked, the parts are looked at once in `freshMs` at most, and
 * a part that does not answer within `patienceMs` is answered for: a look never hangs and never fails.
 */
export function makeHealth(given: {
  /** Counts the runs that are not over; whether it answers says how the database stands. */
  readonly openRuns: () => Promise<number>;
  /** Further parts by name, such as `slack`. */
  readonly parts?: Readonly<Record<string, Look>>;
  readonly freshMs?: number;
  readonly patienceMs?: number;
}): Health {
  const { openRuns, parts = {}, freshMs = 1_500, patienceMs = 2_000 } = given;
  const started = Date.now();
  let last: { readonly at: number; readonly facts: Promise<HealthFacts> } | undefined;

  async function look(): Promise<HealthFacts> {
    const runs: { open: number | null } = { open: null };
    const database = async () => {
      runs.open = await openRuns();
      return { ok: true };
    };
    const looks = Object.entries<Look>({ database, ...parts });
    const standings = await Promise.all(
      looks.map(async ([name, one]) => [name, await within(patienceMs, one)] as const),
    );
    return {
      ok: standings.every(([, { ok }]) => ok),
      seconds: Math.round((Date.now() - started) / 1_000),
      runs: runs.open,
      parts: Object.fromEntries(standings),
    };
  }

  return () => {
    if (!last || Date.now() - last.at > freshMs) last = { at: Date.now(), facts: look() };
    return last.facts;
  };
}

async function within(patienceMs: number, look: Look): Promise<Standing> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Standing>((answer) => {
    timer = setTimeout(() => answer({ ok: false, problem: 'no answer in time' }), patienceMs);
  });
  try {
    return await Promise.race([Promise.resolve().then(look), late]);
  } catch {
    return { ok: false, problem: 'does not answer' };
  } finally {
    clearTimeout(timer);
  }
}
