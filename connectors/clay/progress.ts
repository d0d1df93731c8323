import type { ValidationProgress } from '../../pipeline/ports/clay.ts';
import { settle } from '../browser/settle.ts';
import { elementOf, readLines } from '../browser/survey.ts';
import { pause, type Surface } from '../browser/surface.ts';
import { countCells } from './cells.ts';
import type { Column } from './grid.ts';
import { readProgress } from './schema.ts';
import { pressKey } from '../browser/controls/press.ts';

/** What a head shows when pointed at is there by then, milliseconds. */
const showsMs = 700;

/**
 * How a column's cells stand: from its head, from what its head shows when pointed at or clicked, from the page's status
 * line; failing all these from the cells themselves, scrolled through.
 */
export async function readColumnProgress(surface: Surface, column: Column, total: number): Promise<ValidationProgress> {
  const head = await headText(surface, column);
  const quiet = readProgress(head, total);
  if (quiet) return quiet;
  // The pointer is moved away first: if it rests on the head already, no hover event would come.
  await surface.page.mouse.move(2, 2);
  const element = await elementOf(surface, column.leaf);
  for (const show of [() => element.hover({ timeout: 3_000 }), () => element.click({ timeout: 3_000 })]) {
    const before = await readLines(surface);
    await show();
    const said = await newProgress(surface, before, total);
    if (!said) continue;
    await pressKey(surface, 'Escape');
    return said;
  }
  await pressKey(surface, 'Escape');
  return readProgress(await statusLines(surface), total) ?? countCells(surface, column, total);
}

/** A tip or a menu that tells the states may come a moment after. */
async function newProgress(
  surface: Surface,
  before: readonly string[],
  total: number,
): Promise<ValidationProgress | null> {
  const end = performance.now() + showsMs;
  do {
    await settle(surface);
    const fresh = (await readLines(surface)).filter((line) => !before.includes(line));
    const said = readProgress(fresh, total);
    if (said) return said;
    await pause(60);
  } while (performance.now() < end);
  return null;
}

/** The words of the column's head, and what it says to a screen reader or when pointed at. */
async function headText(surface: Surface, column: Column): Promise<readonly string[]> {
  const element = await elementOf(surface, column.leaf);
  const text = await element.evaluate((start) => {
    const head = start.closest('[role=columnheader],th') ?? start.parentElement ?? start;
    const said = [head.textContent];
    for (const part of [head, ...head.querySelectorAll('[title],[aria-label],[data-status],[aria-description]')]) {
      for (const name of ['title', 'aria-label', 'data-status', 'aria-description'])
        said.push(part.getAttribute(name) ?? '');
    }
    return said;
  });
  return text.filter((line) => line !== '');
}

/** Lines outside the grid that speak of states: a footer, a status bar, a toast. */
async function statusLines(surface: Surface): Promise<readonly string[]> {
  const lines = await readLines(surface);
  return lines.filter(
    (line) =>
      /\d/.test(line) &&
      /debounce|validat|safe to send|running|success|queued|error/i.test(line) &&
      !/\bsave|credits?\b/i.test(line),
  );
}
