/**
 * What a list of ZIPs would give in a month, ZIP by ZIP, with the truth only the stand-ins know. For tuning the demo:
 * `node --import tsx sandbox/households/tune.ts [--world demo|default] [--seed x] [--month 3] lakeside|prairie|<zip,zip>`
 */
import { parseArgs } from 'node:util';
import { characterOf } from './character.ts';
import { demoClients, demoWorld } from './demo.ts';
import { householdsOf } from './household.ts';
import { judge } from './judge.ts';
import { placeOf } from './places.ts';
import { defaultWorld } from './world.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    world: { type: 'string', default: 'demo' },
    seed: { type: 'string' },
    month: { type: 'string', default: '3' },
  },
});
const base = values.world === 'demo' ? demoWorld : defaultWorld;
const world = { ...base, seed: values.seed ?? base.seed };
const month = Number(values.month);
const zips = positionals.flatMap((word) => demoClients.find(({ slug }) => slug === word)?.zips ?? word.split(','));

console.log('zip    city                 st    homes  records  cleaned  cleaned/home');
const all = zips.map((zip) => householdsOf(world, zip, month));
zips.forEach((zip, index) => {
  const alone = judge(all[index] ?? [], world.seed);
  const homes = characterOf(world, zip)?.homes ?? 0;
  const place = placeOf(zip);
  console.log(
    [
      zip,
      (place?.city ?? 'unknown').padEnd(20),
      place?.state ?? '??',
      String(homes).padStart(7),
      String(alone.raw).padStart(8),
      String(alone.cleaned.length).padStart(8),
      (alone.cleaned.length / homes).toFixed(4).padStart(12),
    ].join('  '),
  );
});
const together = judge(all.flat(), world.seed);
console.log(`\n${zips.length} ZIPs, month ${month}: ${together.raw} raw, ${together.cleaned.length} cleaned`);
console.table(together.states);
