import { VendorChanged } from '../../../pipeline/errors.ts';
import { awaitThing, reach } from '../find.ts';
import type { Ladder } from '../ladder.ts';
import type { Seen } from '../seen.ts';
import { settle } from '../settle.ts';
import { elementOf, type Survey } from '../survey.ts';
import type { Surface } from '../surface.ts';
import { click, findPress } from './press.ts';

export type UploadFile = string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/**
 * Gives a file to the page: to its file field (mostly hidden behind a button or a drop zone), or through the chooser that
 * a button opens.
 * @param button what a person presses to choose a file, where no file field is on the page
 * @throws VendorChanged where the page takes no file
 */
export async function upload(surface: Surface, what: Ladder, button: Ladder, file: UploadFile): Promise<void> {
  const field = await awaitThing(surface, (survey) => fileIn(survey, what), Math.min(1_500, surface.patience.thing));
  if (field) {
    await (await elementOf(surface, field)).setInputFiles(file, { timeout: surface.patience.page });
  } else {
    const found = await findPress(surface, button);
    if (!found) throw new VendorChanged(surface.vendor, what.what);
    const chooser = surface.page.waitForEvent('filechooser', { timeout: surface.patience.thing });
    chooser.catch(() => undefined);
    await click(surface, found.seen);
    const opened = await chooser.catch(() => null);
    if (!opened) throw new VendorChanged(surface.vendor, what.what);
    await opened.setFiles(file, { timeout: surface.patience.page });
  }
  await settle(surface);
}

/** The field the ladder names; else the only one there is. */
export function fileIn(survey: Survey, what: Ladder): Seen | undefined {
  const named = reach(survey, what, ['file'])[0];
  if (named) return named.seen;
  const all = survey.seen.filter(({ kind, disabled }) => kind === 'file' && !disabled);
  return all.length === 1 ? all[0] : undefined;
}
