import type { IntentView } from '../../blocks/intent/view.ts';
import { readIntentConfig } from '../../pipeline/intent/config.ts';
import { factsOf } from '../../pipeline/kinds.ts';
import type { Run } from '../../pipeline/run.ts';
import type { Clock } from '../clock.ts';
import { purposes } from '../slack/purposes.ts';
import type { Store } from '../store/index.ts';

/** Leads named on a card. */
const shown = 5;

/** What an intent run's card and details show besides the run. */
export async function intentView(
  store: Pick<Store, 'credits' | 'intentBatches' | 'messages'>,
  clock: Clock,
  run: Run,
): Promise<IntentView> {
  const config = readIntentConfig(run.config);
  const credits = store.credits(clock);
  const batch = await store.intentBatches.ofRun(run.id);
  const file = batch ? await store.messages.find(run.id, purposes.file) : null;
  return {
    config,
    facts: factsOf('intent', run)?.intent ?? null,
    budget: await credits.budget(config.weeklyCap),
    credits: await credits.used(run.id),
    batch,
    top: batch ? await store.intentBatches.top(batch.id, shown) : [],
    fileProblem: file?.givenUp ? (file.error ?? 'unknown') : null,
  };
}
