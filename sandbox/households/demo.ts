import { seeded } from '../kit.ts';
import { between } from './draw.ts';
import { makeWorld, type World, type ZipOverride } from './world.ts';

/** A client of the demo as far as households matter; who they are and what they bought is the demo's business. */
export type DemoClient = {
  readonly slug: string;
  readonly zips: readonly string[];
  /** May be added without asking an approver. */
  readonly preApproved: readonly string[];
};

/** One ZIP that alone holds more than an export may, in March. */
export const megaZip = '75034';

/** Suburbs north of Dallas, and of Tulsa and Oklahoma City: the ZIPs are real, the homes drawn below are not. */
const dallas = words(`
  75035 75068 75070 75071 75002 75023 75074 75093 75056 75067 75077 75028 75022 75007 75010 75019 75078 75009 75024 76210 76226
`);
const besideDallas = words('75013 75025 75033 75075 75080 75082 75006 76227 75044 75248 75252 76205');
const tulsa = words('74012 74011 74133 74137 74008 74037 74055');
const besideTulsa = words('74136 74135 74014 74105 74145 74146 74132');
const oklahomaCity = words('73013 73034 73012 73003 73160 73099 73170 73072 73120 73142 73162 73064');
const besideOklahomaCity = words('73071 73069 73132 73025 73165 73127');

const seed = 'demo';

export const demoWorld: World = makeWorld({
  seed,
  recordsPerHome: 0.07,
  zips: {
    ...suburbs([...dallas, ...tulsa], 8_500, 21_500),
    ...suburbs([...besideDallas, ...besideTulsa], 6_000, 16_000),
    ...suburbs([...oklahomaCity, ...besideOklahomaCity], 7_000, 18_000),
    [megaZip]: { homes: 38_000, density: 3.85 },
  },
});

export const demoClients: readonly DemoClient[] = [
  { slug: 'lakeside', zips: [megaZip, ...dallas, ...tulsa], preApproved: ['75013', '75025', '74136'] },
  { slug: 'prairie', zips: oklahomaCity, preApproved: ['73071'] },
];

function suburbs(zips: readonly string[], from: number, to: number): Record<string, ZipOverride> {
  return Object.fromEntries(zips.map((zip) => [zip, { homes: between(seeded(seed, 'suburb', zip), from, to) }]));
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
