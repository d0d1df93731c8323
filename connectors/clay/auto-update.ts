import { VendorChanged } from '../../pipeline/errors.ts';
import { click, pressIfThere, pressIn, pressKey } from '../browser/controls/press.ts';
import { tick, tickIn } from '../browser/controls/tick.ts';
import { giveUp, noteDrift } from '../browser/find.ts';
import { settle } from '../browser/settle.ts';
import type { Survey } from '../browser/survey.ts';
import type { Surface } from '../browser/surface.ts';
import * as on from './selectors.ts';

const off = /\b(off|disabled|paused|manual(ly)?|never)\b/i;

/**
 * Switches the open table's auto-update off: a switch in its settings, a button that says "on" or "off", or a menu behind
 * one.
 * @throws VendorChanged where it is not found, or does not stay off
 */
export async function turnAutoUpdateOff(surface: Surface): Promise<void> {
  if (await switchOff(surface, await settle(surface))) return leave(surface);
  if (
    await pressIfThere(surface, on.tableSettings, {
      patience: surface.patience.thing,
      only: ({ place }) => place !== 'cell' && place !== 'column header',
    })
  ) {
    if (await switchOff(surface, await settle(surface))) return leave(surface);
  }
  return giveUp(surface, on.autoUpdate.what);
}

async function switchOff(surface: Surface, survey: Survey): Promise<boolean> {
  const found = tickIn(survey, on.autoUpdate);
  if (found) {
    noteDrift(surface, on.autoUpdate, found);
    await tick(surface, found.seen, false, on.autoUpdate.what);
    await pressIfThere(surface, on.turnOff, { kinds: ['button'], only: (_seen, now) => now.modal !== null });
    return true;
  }
  const button = pressIn(survey, on.autoUpdate, { kinds: ['button', 'clickable', 'menuitem'] });
  if (!button) return false;
  if (saysOff(button.seen.own)) return true;
  const known = new Set(survey.seen.map(({ id }) => id));
  await click(surface, button.seen);
  const opened = await settle(surface);
  const inside = tickIn(opened, on.autoUpdate);
  if (inside) await tick(surface, inside.seen, false, on.autoUpdate.what);
  else await pressIfThere(surface, on.turnOff, { only: ({ id }) => !known.has(id) });
  const now = await settle(surface);
  const again = pressIn(now, on.autoUpdate, { kinds: ['button', 'clickable', 'menuitem'] });
  if (!inside && again && !saysOff(again.seen.own))
    throw new VendorChanged(surface.vendor, `${on.autoUpdate.what} switched off`);
  return true;
}

function saysOff(own: readonly string[]): boolean {
  return own.some((text) => off.test(text) && !/\bturn off\b/i.test(text));
}

/** Keeps what was set and closes the settings. */
async function leave(surface: Surface): Promise<void> {
  const survey = await settle(surface);
  if (survey.modal) await pressIfThere(surface, on.confirmAct, { kinds: ['button'] });
  await pressKey(surface, 'Escape');
  await settle(surface);
}
