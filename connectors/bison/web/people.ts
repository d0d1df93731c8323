import type { Suppressed } from '../../../pipeline/ports/bison.ts';
import { chooseBy, wayToChoose } from '../../browser/controls/choose.ts';
import { pressIfThere } from '../../browser/controls/press.ts';
import { settle } from '../../browser/settle.ts';
import { readLeaves } from '../../browser/survey.ts';
import { pause, type Surface } from '../../browser/surface.ts';
import { option } from '../../browser/words.ts';
import * as on from '../selectors.ts';
import { goInto, goTo, throughPages } from './pages.ts';
import { withRows } from './rows.ts';

const filterMs = 350;

/**
 * Contacts → All contacts, filtered by status. `null` where the pages have no such filter: going through everybody would take
 * hours.
 */
export async function suppressed(surface: Surface, home: string): Promise<Suppressed | null> {
  const unsubscribed = await withStatus(surface, home, 'Unsubscribed');
  if (unsubscribed === null) return null;
  const bounced = await withStatus(surface, home, 'Bounced');
  return bounced === null ? null : { unsubscribed, bounced };
}

async function withStatus(surface: Surface, home: string, status: string): Promise<readonly string[] | null> {
  await goTo(surface, home, on.places.contacts);
  await goInto(surface, on.places.everybody);
  const wanted = option(status);
  const wayIn = async () => wayToChoose(await settle(surface), on.contactStatus, wanted);
  const found = (await wayIn()) ?? ((await pressIfThere(surface, on.filters)) ? await wayIn() : undefined);
  // A drop-down that must be opened has to be named for it; "Status" over a column is a heading.
  if (!found || found.found.seen.place === 'column header') return null;
  await chooseBy(surface, found, on.contactStatus, wanted);
  await pause(filterMs);
  const emails = new Set<string>();
  await throughPages(surface, async () => {
    const leaves = (await readLeaves(surface)).filter(
      ({ text, place }) => place !== 'navigation' && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim()),
    );
    for (const { leaf, row } of await withRows(surface, leaves)) {
      // The filter may not have come through yet: only a line that says so itself counts.
      if (row.cells.some(({ text }) => text.toLowerCase() === status.toLowerCase()))
        emails.add(leaf.text.trim().toLowerCase());
    }
    return undefined;
  });
  return [...emails];
}
