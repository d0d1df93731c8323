import { awaitThing, giveUp, noteDrift, pressable, reachOwn, type Found } from '../find.ts';
import { dismissInterruption } from '../interruptions.ts';
import type { Ladder } from '../ladder.ts';
import type { Kind, Seen } from '../seen.ts';
import { settle } from '../settle.ts';
import { clickableOf, elementOf, isGone, look, touched, type Survey } from '../survey.ts';
import type { Surface } from '../surface.ts';

export type PressOptions = {
  readonly kinds?: readonly Kind[];
  /** Milliseconds to wait for it to appear; 0 takes what is there now. */
  readonly patience?: number;
  /** Takes fewer things into account: `(seen) => seen.place !== 'navigation'`. */
  readonly only?: (seen: Seen, survey: Survey) => boolean;
};

/** Finds the thing to press, enabled, or answers null. */
export function findPress(surface: Surface, what: Ladder, options: PressOptions = {}): Promise<Found | null> {
  return awaitThing(surface, (survey) => pressIn(survey, what, options), options.patience ?? surface.patience.thing);
}

export function pressIn(survey: Survey, what: Ladder, options: PressOptions = {}): Found | undefined {
  return reachOwn(survey, what, options.kinds ?? pressable).find(
    ({ seen }) => !seen.disabled && (options.only?.(seen, survey) ?? true),
  );
}

/** Presses the thing a ladder names and lets the page come to rest. @throws VendorChanged where it is not there */
export async function press(surface: Surface, what: Ladder, options: PressOptions = {}): Promise<Survey> {
  if (!(await pressFound(surface, what, options))) return giveUp(surface, what.what);
  return settle(surface);
}

/** Presses it where it is there. @returns whether it was */
export async function pressIfThere(surface: Surface, what: Ladder, options: PressOptions = {}): Promise<boolean> {
  if (!(await pressFound(surface, what, { patience: 0, ...options }))) return false;
  await settle(surface);
  return true;
}

/** Finds and presses; what was painted anew in between is found again. @returns what was pressed, or null */
export async function pressFound(surface: Surface, what: Ladder, options: PressOptions = {}): Promise<Seen | null> {
  for (let attempt = 0; ; attempt += 1) {
    const found = await findPress(surface, what, options);
    if (!found) return null;
    noteDrift(surface, what, found);
    try {
      await click(surface, found.seen);
      return found.seen;
    } catch (error) {
      if (!isGone(error) || attempt >= 4) throw error;
    }
  }
}

type ClickOptions = { readonly button?: 'left' | 'right'; readonly clickCount?: number };

/** Pages whose pointer rests on something that may have opened a submenu. */
const pointing = new WeakSet<Surface['page']>();

/** Points at an element without pressing it, as a person does to open a submenu. */
export async function pointAt(surface: Surface, seen: Pick<Seen, 'id' | 'frame'>, patienceMs: number): Promise<void> {
  await (await elementOf(surface, seen)).hover({ timeout: patienceMs });
  pointing.add(surface.page);
}

/**
 * Clicks an element as a person does. What lies over it is dismissed where it is an uninvited box; where something stays
 * over it (a sticky bar), the element gets the click directly.
 * @throws an error of which `isGone` holds where the element was replaced meanwhile
 */
export async function click(
  surface: Surface,
  seen: Pick<Seen, 'id' | 'frame'> & { readonly clickId?: number; readonly kind?: string },
  options: ClickOptions = {},
): Promise<void> {
  // A submenu closes under a pointer that jumps. Every step costs a frame, so they are taken from such a place only.
  const steps = pointing.delete(surface.page) ? 5 : 1;
  if (seen.kind === 'menuitem') pointing.add(surface.page);
  for (let attempt = 0; ; attempt += 1) {
    try {
      await (await clickableOf(surface, seen)).click({ timeout: 2_500, noWaitAfter: true, steps, ...options });
      return;
    } catch (error) {
      if (isGone(error) || surface.page.isClosed()) throw error;
      if (attempt < 3 && (await dismissInterruption(surface, await look(surface)))) continue;
      break;
    }
  }
  const right = options.button === 'right';
  await (
    await clickableOf(surface, seen)
  ).dispatchEvent(right ? 'contextmenu' : 'click', { bubbles: true, button: right ? 2 : 0 });
}

/** Presses a key where the focus is. */
export async function pressKey(surface: Surface, key: string): Promise<void> {
  touched(surface);
  await surface.page.keyboard.press(key);
}
