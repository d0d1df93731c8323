import type { SlicePart, Slicing, SlicingKind } from '../../pipeline/ports/cole.ts';
import {
  blankIn,
  boundsOf,
  chooseBlank,
  includeBlanksIn,
  numberIn,
  rangeIn,
  setRange,
} from '../browser/controls/range.ts';
import { tick } from '../browser/controls/tick.ts';
import { noteDrift } from '../browser/find.ts';
import type { Task } from '../browser/form.ts';
import type { Ladder } from '../browser/ladder.ts';
import type { Surface } from '../browser/surface.ts';
import * as on from './selectors.ts';

export function filterOf(by: SlicingKind): Ladder {
  switch (by) {
    case 'purchase year':
      return on.purchaseYear;
    case 'home value':
      return on.homeValue;
    case 'purchase day':
      return on.purchaseDay;
  }
}

/** Where the page does not say how far its filter reaches. */
const widest: Readonly<Record<SlicingKind, { readonly min: number; readonly max: (year: number) => number }>> = {
  'purchase year': { min: 1900, max: (year) => year },
  'home value': { min: 0, max: () => 99_999_999 },
  'purchase day': { min: 1, max: () => 31 },
};

const waysToFilters = [...on.openers.advanced, ...on.openers.filters];

/** Sets one slice of a ZIP: a range, both ends included, or the records without a value. */
export function sliceTask(surface: Surface, part: SlicePart): Task {
  const what = filterOf(part.by);
  return {
    name: what.what,
    openers: waysToFilters,
    need: 'must',
    here: (survey) => {
      if (part.blank === true) {
        const blank = blankIn(survey, what);
        return blank ? () => chooseBlank(surface, what, blank) : null;
      }
      const control = rangeIn(survey, what);
      if (!control) return null;
      return async () => {
        await setRange(surface, control, what, part.from, part.to);
        const extra = includeBlanksIn(survey, what);
        if (extra) await tick(surface, extra.seen, false, `${what.what}: blanks included`);
      };
    },
  };
}

/** Opens a filter that stands on something before anybody touched it: a query asks for what it says, and nothing less. */
export function openTask(surface: Surface, what: Ladder): Task {
  return {
    name: `${what.what}: any`,
    openers: [],
    need: 'if met',
    here: (survey) => {
      const control = rangeIn(survey, what);
      if (control?.build !== 'ends') return null;
      const ends = [control.low.seen, control.high.seen];
      if (ends.every((seen) => seen.value === '' || numberIn(seen.value) === null)) return null;
      const { min, max } = boundsOf(control);
      if (numberIn(ends[0]?.value ?? '') === min && numberIn(ends[1]?.value ?? '') === max) return null;
      return async () => {
        noteDrift(surface, what, control.low);
        await setRange(surface, control, what, null, null);
      };
    },
  };
}

/** Reads what one filter offers, wherever in the form it is. `year` is the present one. */
export function readSlicingTask(by: SlicingKind, year: number, into: Map<SlicingKind, Slicing>): Task {
  const what = filterOf(by);
  return {
    name: what.what,
    openers: waysToFilters,
    need: 'look for',
    here: (survey) => {
      const control = rangeIn(survey, what);
      if (!control) return null;
      const bounds = boundsOf(control);
      return () => {
        into.set(by, {
          by,
          min: bounds.min ?? widest[by].min,
          max: bounds.max ?? widest[by].max(year),
          blanks: blankIn(survey, what) !== undefined,
        });
        return Promise.resolve();
      };
    },
  };
}
