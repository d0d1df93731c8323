import { readCliConfig, type CliConfig } from '../../src/config.ts';
import { startClock } from '../../sandbox/clock/index.ts';
import {
  beforeMonday,
  lakesideAtBison,
  march,
  prairieAtBison,
  startTestBison,
  type TestBison,
} from '../support/bison.ts';
import { cleanedLeads } from '../support/cleaned-leads.ts';
import { environment, inAnEmptyDatabase } from './stand-ins.ts';

/**
 * Looks at Bison: at the address of the settings where there is one; else at the stand-in on a Monday with two clients'
 * cleaned leads, whose own counters must then say that nothing was made or changed.
 */
export async function lookAtBison(look: (config: CliConfig) => Promise<void>): Promise<void> {
  const settings = environment();
  if (settings.BISON_URL) return look(readCliConfig(settings));
  const bison = await startTestBison();
  const clock = await startClock({ start: beforeMonday });
  try {
    await inAnEmptyDatabase({ ...bison.environment, CLOCK_URL: clock.url }, async (config, store) => {
      for (const client of [lakesideAtBison, prairieAtBison]) await store.clients.save(client);
      await bison.setUp(store, 'API');
      await cleanedLeads(store, { client: 'lakeside', month: march, count: 84 });
      await cleanedLeads(store, { client: 'prairie', month: march, count: 28, zip: '74012' });
      console.log('BISON_URL is not set: this is the stand-in.');
      await look(config);
    });
    refuseTraces(bison);
  } finally {
    await clock.close();
    await bison.close();
  }
}

function refuseTraces(bison: TestBison): void {
  const { lists, attaches, renames, detaches, variables } = bison.stats();
  const made = [lists, attaches, renames, detaches, ...Object.values(variables)].reduce(
    (sum, { length }) => sum + length,
    0,
  );
  if (made !== 0) throw new Error('the stand-in counted something that was not meant to happen');
}
