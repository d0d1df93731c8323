// npm run -s bench:database-outage -- --database 60
// The database is away for so many seconds while four workflows are under way; prints when each went on, and how it ended.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { resumed, settled, startOutageWorld } from '../support/outage-world.ts';
import { keptTemplate } from '../support/store.ts';

const { values } = parseArgs({
  options: { database: { type: 'string', default: '60' }, how: { type: 'string', default: 'refused' } },
});
const seconds = Number(values.database);
const how = values.how === 'hung' ? 'hung' : 'refused';
const folder = mkdtempSync(join(tmpdir(), 'leadops-outage-'));
process.env.LEADOPS_TEST_FOLDER = folder;
process.env.LEADOPS_TEST_TEMPLATE = await keptTemplate();
const world = await startOutageWorld(process.env.TEST_LOG ? { log: process.env.TEST_LOG } : {});
await world.proxy.shut(how);
await new Promise((over) => setTimeout(over, seconds * 1_000));
await world.proxy.open();
const resumedMs = await resumed(world);
const ends = await settled(world);
const errors = await Promise.all(ends.map(({ id }) => world.it.store.runs.errors(id)));
const names = Object.keys(world.runs);
console.log(
  JSON.stringify(
    {
      awaySeconds: seconds,
      how,
      resumedMs,
      ended: Object.fromEntries(ends.map(({ status }, index): [string, string] => [names[index] ?? '', status])),
      errors: errors.flat().length,
      paidTwice: (await world.intent.zoominfo()).repeated.length,
      listsTwice: Object.values(world.bison.stats().listsByName).filter((times) => times > 1).length,
    },
    null,
    2,
  ),
);
await world.close();
process.exit(0);
