import { escaped } from '../../blocks/kit.ts';
import { parseClientAndMonth } from '../../pipeline/command-words.ts';
import { today } from '../clock.ts';
import { wrong, typedClientAndMonth, type Typed } from '../operations/typed.ts';
import { typedTarget } from '../operations/typed-pause.ts';
import type { Store } from '../store/index.ts';
import { whyLines } from './index.ts';
import { whyNotLines } from './why-not.ts';
import type { WhyReading } from './why-reading.ts';
import { whyRunLines } from './why-run.ts';

type Reading = WhyReading & { readonly store: WhyReading['store'] & Pick<Store, 'leads' | 'sources'> };

/**
 * `why lakeside 2027-03`: why a number is what it is. `why lakeside`, `why monday`, `why 1f3a9c2e`: why nothing happened.
 * @throws Refused where it names neither a client, a workflow nor a run
 */
export async function whyAnswer(reading: Reading, words: readonly string[], what: Typed): Promise<string[]> {
  const { store, clock } = reading;
  const [only = '', ...more] = words;
  if (more.length === 0 && /^[0-9a-f]{4,}(-[0-9a-f-]*)?$/i.test(only)) {
    const found = (await store.runs.recent({ limit: 500 })).filter((run) => run.id.startsWith(only.toLowerCase()));
    if (found[0] && found.length === 1) return whyRunLines(reading, found[0]);
  }
  const parsed = words.length > 1 ? parseClientAndMonth(words, await store.clients.all(), today(clock)) : null;
  // A month was meant: the words of that form say what is wrong with it.
  if (parsed?.ok || (parsed?.problem === 'month' && parsed.typed !== '')) {
    const { client, month } = await typedClientAndMonth(reading, words, what);
    return whyLines(store, client, month);
  }
  const { target, rest } = await typedTarget(reading, words, what);
  if (rest.length > 0) throw wrong(`I do not know what “${escaped(rest.join(' '))}” means here.`, what);
  return whyNotLines(reading, target);
}
