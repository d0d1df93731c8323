import type { TableRef } from '../../pipeline/ports/clay.ts';
import { settle } from '../browser/settle.ts';
import type { Survey } from '../browser/survey.ts';
import { leaveFor, type Surface } from '../browser/surface.ts';
import { openRef } from './places.ts';

/** The table a page was opened at, and the text fields it showed then. */
type Opened = { readonly table: TableRef; readonly url: string; readonly fields: ReadonlySet<number> };

const opened = new WeakMap<Surface['page'], Opened>();

/**
 * Opens a table, or leaves the page as it is where it shows that table already. A dialog, or a panel that asks for
 * something, may have stayed open after the last piece of work: then the page is loaded anew.
 */
export async function atTable(surface: Surface, home: string, table: TableRef): Promise<void> {
  const last = opened.get(surface.page);
  if (last?.table === table && last.url === surface.page.url()) {
    const survey = await settle(surface);
    if (survey.modal === null && [...fieldsIn(survey)].every((id) => last.fields.has(id))) return;
    await leaveFor(surface, last.url);
  }
  opened.delete(surface.page);
  await openRef(surface, home, table);
  const survey = await settle(surface);
  opened.set(surface.page, { table, url: surface.page.url(), fields: fieldsIn(survey) });
}

/** Says that the page shows something else from now on. */
export function leaveTable({ page }: Surface): void {
  opened.delete(page);
}

function fieldsIn({ seen }: Survey): ReadonlySet<number> {
  return new Set(seen.filter(({ kind, readOnly }) => kind === 'text' && !readOnly).map(({ id }) => id));
}
