import { VendorChanged } from '../../../pipeline/errors.ts';
import { awaitThing, reach } from '../find.ts';
import type { Ladder } from '../ladder.ts';
import type { Kind, Seen } from '../seen.ts';
import type { Survey } from '../survey.ts';
import type { Surface } from '../surface.ts';
import { click } from './press.ts';

const ticks: readonly Kind[] = ['checkbox', 'toggle', 'radio', 'option'];

/** A tick box, switch or toggle a ladder names. */
export function tickIn(survey: Survey, what: Ladder) {
  return reach(survey, what, ticks).find(({ fit }) => fit.distance < 3);
}

/**
 * Switches a tick box, switch or toggle button on or off and reads it back.
 * @param what as an error names it
 * @throws VendorChanged where it does not stay as set
 */
export async function tick(surface: Surface, seen: Seen, on: boolean, what: string): Promise<void> {
  // A button that does not say how it stands and was never pressed is off.
  if (seen.checked === on || (!on && seen.checked === null)) return;
  if (seen.disabled) throw new VendorChanged(surface.vendor, `${what} that can be switched`);
  await click(surface, seen);
  const stands = await awaitThing(
    surface,
    (survey) => (isSet(survey, seen, on) ? true : null),
    Math.min(1_500, surface.patience.thing),
  );
  if (stands === null) throw new VendorChanged(surface.vendor, `${what} switched ${on ? 'on' : 'off'}`);
}

/** Read by id, else (the page painted it anew) by its name and kind. */
function isSet(survey: Survey, before: Seen, on: boolean): boolean {
  const now =
    survey.seen.find(({ id, frame }) => id === before.id && frame === before.frame) ??
    survey.seen.find(({ kind, own }) => kind === before.kind && own[0] === before.own[0]);
  if (!now) return false;
  if (now.checked === null) return before.checked === null ? now.look !== before.look : !on;
  return now.checked === on;
}
