import { VendorChanged } from '../../pipeline/errors.ts';
import type { Zip } from '../../pipeline/vocabulary.ts';
import { fillIn, textIn } from '../browser/controls/fill.ts';
import { click, pressIn } from '../browser/controls/press.ts';
import { fileIn, upload } from '../browser/controls/upload.ts';
import { noteDrift, reach } from '../browser/find.ts';
import type { Task } from '../browser/form.ts';
import type { Seen } from '../browser/seen.ts';
import { settle } from '../browser/settle.ts';
import { elementOf, readLeaves, type Survey } from '../browser/survey.ts';
import type { Surface } from '../browser/surface.ts';
import { openers, addZips, zipBox, zipUpload, zipUploadButton } from './selectors.ts';

/** Enters the ZIPs as `75034,75035`: pasted into the box, or as a file where there is no box. */
export function zipTask(surface: Surface, zips: readonly Zip[]): Task {
  return {
    name: zipBox.what,
    openers: [...openers.geography],
    need: 'must',
    here: (survey) => {
      const box = zipFieldIn(survey);
      if (box) return () => enter(surface, box, zips);
      const file = reach(survey, zipUpload, ['file'])[0];
      return file ? () => uploadZips(surface, zips) : null;
    },
  };
}

/** A large box before a small one: a small one may be another filter's. */
function zipFieldIn(survey: Survey): Seen | undefined {
  const reached = reach(survey, zipBox, ['text']).filter(({ seen }) => !seen.disabled && !seen.readOnly);
  const large = reached.find(({ seen, fit }) => seen.type === 'textarea' && fit.rung === reached[0]?.fit.rung);
  const combo = textIn(survey, zipBox);
  return large?.seen ?? reached[0]?.seen ?? (combo && combo.seen.kind === 'combobox' ? combo.seen : undefined);
}

async function enter(surface: Surface, box: Seen, zips: readonly Zip[]): Promise<void> {
  if (same(box.value, zips)) return;
  const text = zips.join(',');
  const shown = await fillIn(surface, box, text);
  const button = await addButton(surface, box);
  if (same(shown, zips) && !button) return;
  if (button) {
    await click(surface, button);
    await settle(surface);
  } else if (shown !== '') {
    await (await elementOf(surface, box)).press('Enter');
    await settle(surface);
  }
  if (await holds(surface, box, zips)) return;
  const survey = await settle(surface);
  if (fileIn(survey, zipUpload)) return uploadZips(surface, zips);
  throw new VendorChanged(surface.vendor, `${zipBox.what}, all ${zips.length} of them, as typed`);
}

function same(text: string, zips: readonly Zip[]): boolean {
  const found: readonly string[] = text.match(/\b\d{5}\b/g) ?? [];
  return (
    found.length === zips.length &&
    new Set(found).size === new Set(zips).size &&
    zips.every((zip) => found.includes(zip))
  );
}

/** "Add" beside the box, where typed ZIPs are taken over by a button. */
async function addButton(surface: Surface, box: Seen): Promise<Seen | undefined> {
  const survey = await settle(surface);
  const around = box.lineage.slice(0, 3);
  return pressIn(survey, addZips, {
    kinds: ['button', 'clickable', 'link'],
    only: ({ lineage }) => around.some((id) => lineage.includes(id)),
  })?.seen;
}

/** The box, the chips beside it, or a count says that all ZIPs are in. */
async function holds(surface: Surface, box: Seen, zips: readonly Zip[]): Promise<boolean> {
  const survey = await settle(surface);
  const now = survey.seen.find(({ id }) => id === box.id);
  if (now && same(now.value, zips)) return true;
  const around = box.lineage.slice(0, 5);
  const leaves = (await readLeaves(surface)).filter(({ lineage }) => around.some((id) => lineage.includes(id)));
  for (const id of around) {
    const texts = leaves.filter(({ lineage }) => lineage.includes(id)).map(({ text }) => text);
    const chips = new Set(texts.flatMap((text) => text.match(/\b\d{5}\b/g) ?? []));
    if (chips.size === new Set(zips).size && zips.every((zip) => chips.has(zip))) return true;
    const counted = texts
      .map((text) => /\b(\d[\d,]*) (?:unique |valid )?zip/i.exec(text)?.[1])
      .find((count) => count !== undefined);
    if (counted !== undefined) return Number(counted.replaceAll(',', '')) === new Set(zips).size;
  }
  return false;
}

async function uploadZips(surface: Surface, zips: readonly Zip[]): Promise<void> {
  const survey = await settle(surface);
  const field = reach(survey, zipUpload, ['file'])[0];
  if (field) noteDrift(surface, zipUpload, { ...field, fit: { ...field.fit, rung: 1 } });
  await upload(surface, zipUpload, zipUploadButton, {
    name: 'zips.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`${zips.join(',')}\n`),
  });
}
