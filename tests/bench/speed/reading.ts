import { pino } from 'pino';
import { makeBrowserHost } from '../../../connectors/browser/chromium.ts';
import { look } from '../../../connectors/browser/survey.ts';
import { showPage } from '../../connectors/page.ts';

const rounds = 9;

const four = (number: number): readonly string[] => [
  `<label for="name${number}">Name ${number}</label><input id="name${number}" value="x">`,
  `<label>Kind <select><option>One<option>Two</select></label>`,
  `<span>On</span> <input type="checkbox" id="on${number}"><label for="on${number}">Switch ${number}</label>`,
  `<button type="button">Press ${number}</button>`,
];

function inSections(controls: number): string {
  const sections: string[] = ['<h1>All fields</h1>'];
  for (let number = 0; number < controls; number += 4) {
    if (number % 40 === 0) sections.push(`<section><h2>Group ${number}</h2><p>About these.</p>`);
    sections.push(...four(number).map((one) => `<div>${one}</div>`));
    if (number % 40 === 36) sections.push('</section>');
  }
  return sections.join('');
}

function flat(controls: number): string {
  const rows = Array.from({ length: controls / 4 }, (_, index) => `${four(index * 4).join('')}<br>`);
  return `<h1>All fields</h1><form>${rows.join('')}</form>`;
}

/** Milliseconds of ours and of Playwright's, and the one divided by the other, for each page. */
export async function measureReading(): Promise<Readonly<Record<string, number>>> {
  const host = makeBrowserHost({ log: pino({ level: 'silent' }), chromiumPath: process.env.CHROMIUM_PATH });
  const ratios: Record<string, number> = {};
  console.log('page                        ours  ariaSnapshotJSON   ratio');
  try {
    for (const [build, make] of [['sections', inSections] as const, ['flat', flat] as const]) {
      for (const controls of [40, 1_200, 3_000]) {
        const surface = await showPage(host, make(controls));
        const read = async () => {
          const { seen } = await look(surface);
          if (seen.length < controls) throw new Error(`only ${seen.length} of ${controls} controls were read`);
        };
        const ours: number[] = [];
        const theirs: number[] = [];
        for (let round = 0; round < rounds; round += 1) {
          ours.push(await timed(read));
          theirs.push(await timed(() => surface.page.ariaSnapshotJSON()));
        }
        await surface.page.context().close();
        const ratio = Math.round((middle(ours) / middle(theirs)) * 100) / 100;
        ratios[`${build} ${controls}`] = ratio;
        const cells = [middle(ours), middle(theirs)].map((ms) => `${Math.round(ms)} ms`.padStart(10));
        console.log(`${`${build}, ${controls} controls`.padEnd(22)}${cells.join('        ')}   ${ratio}`);
      }
    }
  } finally {
    await host.close();
  }
  return ratios;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function middle(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
