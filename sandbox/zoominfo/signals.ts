import { between, pick, weighted } from '../households/draw.ts';
import { seeded } from '../kit.ts';
import { otherTopics, wantedTopics } from './industries.ts';
import type { Company, World } from './world.ts';

export type Signal = {
  readonly id: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly topic: string;
  readonly score: number;
  readonly audience: string;
  readonly company: Company;
};

const dayMs = 86_400_000;
/** How far back intent results reach. */
const windowDays = 60;

const newYork = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York', dateStyle: 'short' });

/**
 * The signals of the last 60 days, the newest first. Each day has its own, the same whenever it is asked about: as the
 * business clock goes on, new ones come and old ones fall out.
 */
export function signalsAt(seed: string, world: World, now: number, perDay: number): readonly Signal[] {
  const today = Date.parse(`${newYork.format(now)}T00:00:00Z`) / dayMs;
  const days = Array.from({ length: windowDays }, (_, ago) => today - ago);
  return days.flatMap((day) => signalsOf(seed, world, day, perDay));
}

function signalsOf(seed: string, world: World, day: number, perDay: number): readonly Signal[] {
  const random = seeded(seed, 'signals', day);
  const date = new Date(day * dayMs);
  const quiet = date.getUTCDay() === 0 || date.getUTCDay() === 6;
  const count = Math.round((quiet ? 0.2 : 1) * perDay * (0.75 + 0.5 * random()));
  return Array.from({ length: count }, (_, place) => {
    const company = world.companies[Math.floor(random() * world.companies.length)];
    if (!company) throw new Error('a world without companies');
    return {
      id: String(day * 1000 + place),
      day: date.toISOString().slice(0, 10),
      topic: random() < 0.85 ? pick(random, wantedTopics) : pick(random, otherTopics),
      score: between(random, 60, 100),
      audience: weighted(random, [
        ['A', 8],
        ['B', 18],
        ['C', 34],
        ['D', 28],
        ['E', 12],
      ]),
      company,
    };
  });
}
