import type { ValidationProgress } from '../../pipeline/ports/clay.ts';
import { elementOf } from '../browser/survey.ts';
import { settle } from '../browser/settle.ts';
import type { Surface } from '../browser/surface.ts';
import type { Column } from './grid.ts';
import { stateOf } from './schema.ts';

type Cell = { readonly row: string; readonly words: string; readonly text: string };
type Screen = { readonly cells: readonly Cell[]; readonly moved: boolean };

/** No table is longer than this many screens. */
const screens = 4_000;

/**
 * Counts the cells of a column by their state. A grid paints only the rows in sight, so it is scrolled through and each row
 * counted once by its own number; rows that were never seen count as running.
 */
export async function countCells(surface: Surface, column: Column, total: number): Promise<ValidationProgress> {
  const rows = new Map<string, keyof ValidationProgress>();
  const usual = surface.page.viewportSize();
  // A tall window paints hundreds of rows at once.
  if (usual) await surface.page.setViewportSize({ width: usual.width, height: 4_000 });
  try {
    const element = await elementOf(surface, column.leaf);
    for (let screen = 0; screen < screens; screen += 1) {
      const seen: Screen = await element.evaluate(readScreen, screen === 0 ? 'start' : 'on');
      await settle(surface);
      for (const cell of await element.evaluate(readScreen, 'stay').then(({ cells }) => cells))
        rows.set(cell.row, cellState(cell));
      if ((screen > 0 && !seen.moved) || rows.size >= total) break;
    }
  } finally {
    if (usual) await surface.page.setViewportSize(usual);
  }
  const count = (state: keyof ValidationProgress) => [...rows.values()].filter((one) => one === state).length;
  const [success, error, empty] = [count('success'), count('error'), count('empty')];
  return { total, success, error, empty, running: Math.max(0, total - success - error - empty) };
}

/** A cell with a text and no word of a state holds a result; one with neither has not been run yet. */
function cellState({ words, text }: Cell): keyof ValidationProgress {
  const said = stateOf(words.replace(/[_-]/g, ' '));
  if (said && said !== 'success') return said;
  if (/^(invalid|risky|unknown|safe to send)$/i.test(text)) return 'success';
  return said ?? (text === '' || text === '—' || text === '-' ? 'running' : 'success');
}

/**
 * Runs inside the page: scrolls to the beginning or one screen on, and reads the cells painted below a column's head. No
 * named functions in here: compilers wrap them in helpers no page knows.
 */
function readScreen(start: Element, where: string): Screen {
  const head = start.closest('[role=columnheader],th') ?? start;
  const box = head.getBoundingClientRect();
  const middle = box.x + box.width / 2;
  let list: Element | null = null;
  let area = 0;
  for (const element of document.querySelectorAll('*')) {
    if (element.scrollHeight <= element.clientHeight + 4 || !/auto|scroll/.test(getComputedStyle(element).overflowY))
      continue;
    const size = element.clientHeight * element.clientWidth;
    if (size > area) [list, area] = [element, size];
  }
  let moved = false;
  if (list && where !== 'stay') {
    const before = list.scrollTop;
    list.scrollTop = where === 'start' ? 0 : before + list.clientHeight * 0.8;
    moved = Math.abs(list.scrollTop - before) > 1;
  }
  const cells: Cell[] = [];
  for (const cell of document.querySelectorAll('[role=gridcell],[role=cell],td')) {
    const place = cell.getBoundingClientRect();
    if (place.height < 2 || place.left > middle || place.right < middle || place.top < box.bottom - 2) continue;
    const row = cell.closest('[role=row],tr');
    const number =
      row?.getAttribute('aria-rowindex') ??
      row?.getAttribute('data-row-index') ??
      row?.getAttribute('data-index') ??
      row?.getAttribute('data-row-id') ??
      row?.id;
    const words = [cell.textContent];
    for (const part of [cell, ...cell.querySelectorAll('*')]) {
      for (const name of ['class', 'data-status', 'data-state', 'title', 'aria-label', 'alt'])
        words.push(part.getAttribute(name) ?? '');
    }
    const key =
      number === undefined || number === '' ? String(Math.round(place.top + (list?.scrollTop ?? scrollY))) : number;
    cells.push({ row: key, words: words.join(' '), text: cell.textContent.trim() });
  }
  return { cells, moved };
}
