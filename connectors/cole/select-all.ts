import { DataMismatch } from '../../pipeline/errors.ts';
import { click, pressIn } from '../browser/controls/press.ts';
import { tick } from '../browser/controls/tick.ts';
import { noteDrift, reach } from '../browser/find.ts';
import { settle } from '../browser/settle.ts';
import { readLines } from '../browser/survey.ts';
import type { Surface } from '../browser/surface.ts';
import { readSelected } from './schema.ts';
import * as on from './selectors.ts';

/** Ticks all records of the search. @throws DataMismatch where the page then says another number than it showed */
export async function selectAllRecords(surface: Surface, shown: number): Promise<void> {
  for (let step = 0; step < 4; step += 1) {
    const survey = await settle(surface);
    const selected = readSelected(await readLines(surface));
    if (selected === shown) return;
    const further =
      step > 0 ? pressIn(survey, on.selectAllFurther, { kinds: ['button', 'link', 'clickable'] }) : undefined;
    const box = reach(survey, on.selectAll, ['checkbox', 'radio', 'toggle']).find(
      ({ seen, fit }) => seen.checked !== true && fit.distance < 2 && !seen.disabled,
    );
    const button = pressIn(survey, on.selectAll, { kinds: ['button', 'link', 'menuitem', 'clickable'] });
    const header = survey.seen.find(
      ({ kind, place, checked }) => kind === 'checkbox' && place === 'column header' && checked === false,
    );
    if (further) await click(surface, further.seen);
    else if (box) {
      noteDrift(surface, on.selectAll, box);
      await tick(surface, box.seen, true, on.selectAll.what);
    } else if (button && step === 0) {
      noteDrift(surface, on.selectAll, button);
      await click(surface, button.seen);
    } else if (header) await tick(surface, header, true, on.selectAll.what);
    else break;
  }
  await settle(surface);
  const selected = readSelected(await readLines(surface));
  if (selected !== null && selected !== shown)
    throw new DataMismatch(`Cole shows ${shown} records and says ${selected} are selected`);
  if (selected === null)
    surface.log.debug({ vendor: surface.vendor }, 'the page does not say how many records are selected');
}
