import { InvalidInput } from '../../pipeline/errors.ts';
import type { ColeQuery, SlicePart } from '../../pipeline/ports/cole.ts';
import { chooseOption, chooseBy, wayToChoose } from '../browser/controls/choose.ts';
import { fillIn, textIn } from '../browser/controls/fill.ts';
import { rangeIn, setRange } from '../browser/controls/range.ts';
import { tick, tickIn } from '../browser/controls/tick.ts';
import { noteDrift } from '../browser/find.ts';
import type { Task } from '../browser/form.ts';
import { ladder, type Ladder } from '../browser/ladder.ts';
import type { Survey } from '../browser/survey.ts';
import type { Surface } from '../browser/surface.ts';
import { option, pick, plain, type Option } from '../browser/words.ts';
import { emailing, monthOption, stateOption } from './options.ts';
import * as on from './selectors.ts';
import { filterOf, openTask, sliceTask } from './slices.ts';
import { zipTask } from './zips.ts';

/** What is to be set for a query, the fields not counted, in the order a person would go. */
export function queryTasks(surface: Surface, query: ColeQuery): readonly Task[] {
  const sliced = new Set(query.slice.map(({ by }) => by));
  return [
    // A login belongs to one state: a page that does not ask for it has nothing to ask, and the ZIPs name it.
    { ...chooseTask(surface, on.stateBox, stateOption(query.state), [...on.openers.geography]), need: 'look for' },
    chooseTask(surface, on.listType, emailing, [...on.openers.listType]),
    areaTask(surface),
    zipTask(surface, query.zips),
    monthTask(surface, query.purchaseMonth),
    ...query.slice.map((part: SlicePart) => sliceTask(surface, part)),
    ...(['purchase year', 'home value', 'purchase day'] as const)
      .filter((by) => !sliced.has(by))
      .map((by) => openTask(surface, filterOf(by))),
    ...Object.entries(query.filters).map(([label, value]) => ownFilterTask(surface, label, value)),
    nameTask(surface),
  ];
}

function chooseTask(surface: Surface, what: Ladder, wanted: Option, openers: readonly Ladder[]): Task {
  return {
    name: `${what.what}: ${wanted.what}`,
    openers,
    need: 'must',
    here: (survey) => {
      const way = wayToChoose(survey, what, wanted);
      if (!way) return null;
      return async () => {
        noteDrift(surface, what, way.found);
        await chooseBy(surface, way, what, wanted);
      };
    },
  };
}

/** Areas may be asked for by county, city or ZIP, and the box for ZIPs be there only then. */
function areaTask(surface: Surface): Task {
  const byZip = option('ZIP codes', 'ZIP', 'By ZIP code', /^(by )?(list of )?zip( codes?)?( list)?$/);
  return {
    name: on.areaMethod.what,
    openers: [],
    need: 'if met',
    here: (survey) => {
      const way = wayToChoose(survey, on.areaMethod, byZip);
      const known = way && way.how !== 'open' && way.found.fit.rung < on.areaMethod.rungs.length;
      return known ? () => chooseBy(surface, way, on.areaMethod, byZip) : null;
    },
  };
}

/** One month of any year. A month may also be asked for as a range, or typed as a number. */
function monthTask(surface: Surface, month: number): Task {
  const what = on.purchaseMonth;
  const wanted = monthOption(month);
  return {
    name: what.what,
    openers: [...on.openers.advanced, ...on.openers.filters],
    need: 'must',
    here: (survey) => {
      const pair = monthPair(survey, wanted);
      if (pair) return () => pair(surface);
      const way = wayToChoose(survey, what, wanted);
      if (way) return () => chooseBy(surface, way, what, wanted);
      const control = rangeIn(survey, what);
      if (control?.build === 'ends' && control.low.seen.kind === 'text')
        return () => setRange(surface, control, what, month, month);
      const field = textIn(survey, what);
      return field ? () => fillIn(surface, field.seen, String(month)) : null;
    },
  };

  function monthPair(survey: Survey, one: Option): ((at: Surface) => Promise<void>) | null {
    const control = rangeIn(survey, what);
    if (control?.build !== 'ends') return null;
    const ends = [control.low.seen, control.high.seen];
    if (!ends.every((seen) => pick(seen.choices, one, ({ text }) => [text]).length > 0)) return null;
    return async (at) => {
      for (const seen of ends) await chooseBy(at, { how: 'select', found: { seen, fit: control.low.fit } }, what, one);
    };
  }
}

/**
 * The client's own filter, by the label it has on Cole's page: a range (`100-200`, `100+`), a tick (`yes`, `no`), a choice
 * or a text, whatever the page makes of it.
 */
function ownFilterTask(surface: Surface, label: string, value: string): Task {
  const words = plain(label);
  const what = ladder(`filter "${label}"`, label, new RegExp(`\\b${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\b`));
  const wanted = option(value);
  return {
    name: what.what,
    openers: [...on.openers.advanced, ...on.openers.filters],
    // A filter that the page does not offer is a mistake in the client's settings, reported below; it must not close
    // the lane for everybody.
    need: 'look for',
    here: (survey) => {
      const bounds = boundsIn(value);
      const control = bounds ? rangeIn(survey, what) : undefined;
      if (bounds && control) return () => setRange(surface, control, what, bounds.from, bounds.to);
      const on = /^(yes|true|on|checked)$/i.test(value)
        ? true
        : /^(no|false|off|unchecked)$/i.test(value)
          ? false
          : null;
      const box = on === null ? undefined : tickIn(survey, what);
      if (box && on !== null) return () => tick(surface, box.seen, on, what.what);
      if (wayToChoose(survey, what, wanted)) return () => chooseOption(surface, what, wanted, 0);
      const field = textIn(survey, what);
      return field ? () => fillIn(surface, field.seen, value) : null;
    },
  };
}

/** @throws InvalidInput naming a client's filter that Cole's page does not offer */
export function refuseUnmet(unmet: readonly Task[]): void {
  const filter = unmet.find(({ name }) => name.startsWith('filter "'));
  if (!filter) return;
  throw new InvalidInput(`Cole's page offers no ${filter.name}; nothing was searched.`, {
    todo: 'Write the filter in the client’s settings as Cole’s page calls it.',
  });
}

function boundsIn(value: string): { readonly from: number | null; readonly to: number | null } | null {
  const number = (text: string | undefined) =>
    text === undefined || text === '' ? null : Number(text.replace(/[$,\s]/g, ''));
  const both = /^\$?([\d,]+)\s*(?:-|–|—|to|\.\.)\s*\$?([\d,]+)$/i.exec(value);
  if (both) return { from: number(both[1]), to: number(both[2]) };
  const least = /^(?:>=|≥|from|at least|min)\s*\$?([\d,]+)$|^\$?([\d,]+)\s*\+$/i.exec(value);
  if (least) return { from: number(least[1] ?? least[2]), to: null };
  const most = /^(?:<=|≤|up to|at most|max)\s*\$?([\d,]+)$/i.exec(value);
  return most ? { from: null, to: number(most[1]) } : null;
}

/** Some pages want a name for every search. */
function nameTask(surface: Surface): Task {
  return {
    name: on.searchName.what,
    openers: [],
    need: 'if met',
    here: (survey) => {
      const field = textIn(survey, on.searchName);
      return field && field.fit.distance < 2 ? () => fillIn(surface, field.seen, 'LeadOps') : null;
    },
  };
}
