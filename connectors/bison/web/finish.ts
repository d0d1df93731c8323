import { InvalidInput, NeedsHuman, Retryable } from '../../../pipeline/errors.ts';
import { click } from '../../browser/controls/press.ts';
import { asksWhether } from '../../browser/dialogs.ts';
import { giveUp, noteDrift, type Found } from '../../browser/find.ts';
import type { Ladder } from '../../browser/ladder.ts';
import type { Seen } from '../../browser/seen.ts';
import { settle } from '../../browser/settle.ts';
import { isGone, type Survey } from '../../browser/survey.ts';
import { expecting, pause, type Surface } from '../../browser/surface.ts';
import { withoutSecrets } from '../../browser/words.ts';
import * as on from '../selectors.ts';
import { knownIn, remember, type Known } from './known.ts';
import { pressOutside } from './outside.ts';

export type Finish = {
  /** The button that does it. */
  readonly what: Ladder;
  /** Pages may lie between here and that button. */
  readonly forward?: Ladder;
  /** What else is to be set where such a page asks for it, or null. */
  readonly before?: (survey: Survey) => (() => Promise<unknown>) | null;
  /** Things that were on the page before all this began. */
  readonly known: Known;
  /** What is true where Bison refuses: `The list was not made`. */
  readonly nothing: string;
};

/** The latest press: when, on which page with what on it, in which box. */
type Pressed = {
  readonly at: number;
  readonly path: string;
  readonly there: Known;
  readonly modal: number | null;
  /** What the buttons that were pressed say. */
  readonly labels: ReadonlySet<string>;
};
type Progress = {
  pressed: Pressed | null;
  /** What was set or turned over on the way. */
  readonly done: Set<string>;
  /** What the page told before. */
  readonly told: Set<string>;
  idleSince: number;
};

const kinds = ['button', 'clickable', 'link'] as const;
const pathOf = (surface: Surface): string => new URL(surface.page.url()).pathname;
const labelOf = ({ own }: Seen): string => own.join('|');

/**
 * Presses the button that does it, and whatever has to be confirmed in between: pages that sum everything up, boxes
 * that ask whether one is sure. Nothing that was there at a press is pressed again. Returns when the page has taken it.
 * @throws InvalidInput with the page's own words · Retryable where no answer came · NeedsHuman UPLOAD where nothing
 *   happens
 */
export function finish(surface: Surface, wanted: Finish): Promise<void> {
  return expecting(surface, asksWhether(on.sureWords), () => pressThrough(surface, wanted));
}

async function pressThrough(surface: Surface, wanted: Finish): Promise<void> {
  const progress: Progress = { pressed: null, done: new Set(), told: new Set(), idleSince: performance.now() };
  for (let step = 0; step < 2_000; step += 1) {
    const survey = await settle(surface);
    if (progress.pressed) refuse(surface, survey, progress.pressed, progress.told, wanted);
    else for (const text of survey.alerts) progress.told.add(text);
    const act = progress.pressed
      ? confirm(surface, survey, progress.pressed, progress, wanted)
      : next(surface, survey, progress, wanted);
    if (act) {
      progress.idleSince = performance.now();
      await act().catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
      continue;
    }
    if (progress.pressed && isOver(surface, survey, progress.pressed, wanted)) return;
    const idle = performance.now() - progress.idleSince;
    if (!progress.pressed && idle > surface.patience.thing) return giveUp(surface, wanted.what.what);
    if (idle > surface.patience.page) break;
    await pause(80);
  }
  throw new NeedsHuman('UPLOAD', `Bison's page stays as it was after "${wanted.what.what}" was pressed`, {
    todo: 'Look at Bison whether it was done, then retry: it is looked for before anything is done again.',
  });
}

/** A button of the work itself: not of the site around it, not of a listing, no way to another page. */
function buttonIn(survey: Survey, what: Ladder, { known }: Finish, only: (seen: Seen) => boolean): Found | undefined {
  const before = knownIn(survey, known);
  return pressOutside(survey, what, {
    kinds,
    only: (seen) =>
      !before.has(seen.id) &&
      seen.place !== 'navigation' &&
      seen.place !== 'breadcrumb' &&
      (seen.kind !== 'link' || /(^|\s)(#\S*|javascript:\S*)(\s|$)/i.test(seen.attributes)) &&
      only(seen),
  });
}

type Act = (() => Promise<unknown>) | null;

/** Before the press: what is to be set, the button itself, else the way to it. */
function next(surface: Surface, survey: Survey, progress: Progress, wanted: Finish): Act {
  const place = `${survey.born} ${surface.page.url()} ${survey.modal?.id ?? ''}`;
  const once = (key: string, act: () => Promise<unknown>): Act => {
    if (progress.done.has(`${place} ${key}`)) return null;
    return () => {
      progress.done.add(`${place} ${key}`);
      return act();
    };
  };
  const set = wanted.before?.(survey);
  const setting = set ? once('set', set) : null;
  if (setting) return setting;
  const button = buttonIn(survey, wanted.what, wanted, () => true);
  if (button) return () => pressIt(surface, survey, wanted.what, button, progress);
  const { forward } = wanted;
  const onward =
    forward && buttonIn(survey, forward, wanted, (seen) => !progress.done.has(`${place} ${labelOf(seen)}`));
  if (!forward || !onward) return null;
  return once(labelOf(onward.seen), () => {
    noteDrift(surface, forward, onward);
    return click(surface, onward.seen);
  });
}

/**
 * After the press: a box that opened over the page and asks whether one is sure, or a page that shows it all once more with
 * another button. What stood there at the press already did its work.
 */
function confirm(surface: Surface, survey: Survey, pressed: Pressed, progress: Progress, wanted: Finish): Act {
  const there = knownIn(survey, pressed.there);
  const box = survey.modal !== null && survey.modal.id !== pressed.modal ? survey.modal.id : null;
  const isNext = (seen: Seen) =>
    !there.has(seen.id) && (box === null ? !pressed.labels.has(labelOf(seen)) : seen.lineage.includes(box));
  const onItsPage = box !== null || pressed.path === pathOf(surface) || survey.born !== pressed.there.born;
  const ladders = box === null ? [wanted.what] : [wanted.what, on.sure];
  for (const what of onItsPage ? ladders : []) {
    const found = buttonIn(survey, what, wanted, isNext);
    if (found) return () => pressIt(surface, survey, what, found, progress);
  }
  return null;
}

function pressIt(
  surface: Surface,
  survey: Survey,
  what: Ladder,
  { seen, fit }: Found,
  progress: Progress,
): Promise<void> {
  noteDrift(surface, what, { seen, fit });
  progress.pressed = {
    at: performance.now(),
    path: pathOf(surface),
    there: remember(survey),
    modal: survey.modal?.id ?? null,
    labels: new Set([...(progress.pressed?.labels ?? []), labelOf(seen)]),
  };
  return click(surface, seen);
}

/** The button that was pressed is gone, or another page came. */
function isOver(surface: Surface, survey: Survey, pressed: Pressed, wanted: Finish): boolean {
  if (survey.busy || surface.traffic.underway() > 0) return false;
  if (pathOf(surface) !== pressed.path) return true;
  return buttonIn(survey, wanted.what, wanted, (seen) => pressed.labels.has(labelOf(seen))) === undefined;
}

/** No answer, or one that says no. */
function refuse(surface: Surface, survey: Survey, { at }: Pressed, told: ReadonlySet<string>, wanted: Finish): void {
  const { what, nothing } = wanted;
  const trouble = surface.traffic.trouble();
  if (trouble && trouble.at > at) {
    const kind = trouble.status === 429 ? 'RATE_LIMITED' : '5XX';
    throw new Retryable(kind, `Bison answered "${what.what}" with ${trouble.status}`, {
      ...(trouble.retryAfterMs !== undefined && { retryAfterMs: trouble.retryAfterMs }),
    });
  }
  const texts = [...survey.alerts, ...surface.dialogs.spoken.slice(-1)].filter((text) => !told.has(text));
  const lost = texts.find((text) => on.lostWords.test(text));
  if (lost !== undefined)
    throw new Retryable('NETWORK', `Bison's page says "${withoutSecrets(lost).slice(0, 200)}" after "${what.what}"`);
  const refused = texts.find((text) => on.refusedWords.test(text) && !on.takenWords.test(text));
  if (refused !== undefined)
    throw new InvalidInput(`Bison refused it: "${withoutSecrets(refused).slice(0, 300)}". ${nothing}`);
}
