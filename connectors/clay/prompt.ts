import type { Seen } from '../browser/seen.ts';
import { awaitThing } from '../browser/find.ts';
import { typeInto } from '../browser/controls/fill.ts';
import { click } from '../browser/controls/press.ts';
import { elementOf, look } from '../browser/survey.ts';
import type { Surface } from '../browser/surface.ts';
import { squash } from '../browser/words.ts';

/** A menu of columns opens this soon after a slash, where the page has one; milliseconds. */
const menuMs = 450;
/** The same, on a page that opened none before. */
const menuAgainMs = 120;

/** Pages on which a slash opened no menu. */
const withoutMenu = new WeakSet<Surface['page']>();

/**
 * Types a text that names columns as `/Column`. Where the slash opens a menu of columns, the column is picked from it, as a
 * person would; a plain text field just takes the text.
 */
export async function typeWithColumns(
  surface: Surface,
  field: Seen,
  text: string,
  columns: readonly string[],
): Promise<void> {
  const element = await elementOf(surface, field);
  const first = mentionIn(text, columns);
  if (!first) {
    await element.fill(text);
    return;
  }
  await element.fill('');
  let rest = text;
  for (let mention: Mention | null = first; mention; mention = mentionIn(rest, columns)) {
    const known = new Set((await look(surface)).seen.map(({ id }) => id));
    await typeInto(surface, element, rest.slice(0, mention.at));
    await typeInto(surface, element, `/${mention.typed}`);
    const item = await awaitThing(
      surface,
      ({ seen }) =>
        seen.find(
          ({ id, kind, own }) =>
            !known.has(id) &&
            /^(option|menuitem|button|clickable|link)$/.test(kind) &&
            own.some((name) => squash(name) === squash(mention.column)),
        ),
      withoutMenu.has(surface.page) ? menuAgainMs : menuMs,
    );
    if (item) await click(surface, item);
    else withoutMenu.add(surface.page);
    rest = rest.slice(mention.at + 1 + mention.typed.length);
    if (!mentionIn(rest, columns)) break;
  }
  await typeInto(surface, element, rest);
}

type Mention = { readonly at: number; readonly typed: string; readonly column: string };

/** The next `/Column` of the text, however its words are joined: `/Home Value` is the column `Home_Value`. */
function mentionIn(text: string, columns: readonly string[]): Mention | null {
  for (const match of text.matchAll(/\//g)) {
    for (const column of columns) {
      const typed = new RegExp(
        `^${column.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/[\s_]+/g, '[\\s_]')}(?![\\w])`,
        'i',
      ).exec(text.slice(match.index + 1));
      if (typed) return { at: match.index, typed: typed[0], column };
    }
  }
  return null;
}
