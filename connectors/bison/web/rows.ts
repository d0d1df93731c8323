import { readElements } from '../../browser/read-elements.ts';
import type { Leaf } from '../../browser/seen.ts';
import type { Surface } from '../../browser/surface.ts';

/** What stands in one line of a listing, a table's or a card's. */
export type Row = {
  /** Of the element that holds it all: the controls in it have it among their ancestors. */
  readonly id: number;
  /** Its texts in order, with the heading of their column where the listing has columns. */
  readonly cells: readonly { readonly text: string; readonly head: string }[];
  /** Where its links lead, that of its name first. */
  readonly links: readonly string[];
  /** What its elements call themselves (`id`, `data-id`, …). */
  readonly marks: readonly string[];
};

export type Placed = { readonly leaf: Leaf; readonly row: Row };

/** Texts of a listing with the line each stands in; without those that were painted anew meanwhile. */
export async function withRows(surface: Surface, leaves: readonly Leaf[]): Promise<readonly Placed[]> {
  const rows = await readElements(surface, leaves, readRow);
  return leaves.flatMap((leaf, at) => {
    const row = rows[at];
    return row ? [{ leaf, row }] : [];
  });
}

/**
 * Runs inside the page. A row of a table or list is one; else the largest thing around the text that has others like it
 * beside it; else (it is the only one) what is around it and is no page yet. No named functions in here: compilers wrap them
 * in helpers no page knows.
 */
function readRow(start: Element): Row {
  const limit = 700;
  let row: Element = start.closest('tr,[role=row],li,[role=listitem],article') ?? start;
  if (row === start) {
    let alone: Element = start;
    let siblings: Element | null = null;
    for (let node: Element = start; node.parentElement && node !== document.body; node = node.parentElement) {
      if (node.textContent.length > limit || node.querySelector('nav,main,h1,[role=navigation]')) break;
      alone = node;
      for (const other of node.parentElement.children) {
        if (
          other !== node &&
          other.localName === node.localName &&
          other.className === node.className &&
          other.textContent !== ''
        )
          siblings = node;
      }
      // Cells of one line are alike too: a line is what holds more than its name.
      if (siblings === node && node.textContent.trim() !== start.textContent.trim() && node.children.length > 1) break;
    }
    row = siblings && siblings.textContent.trim() !== start.textContent.trim() ? siblings : alone;
  }
  const heads: string[] = [];
  for (const head of row
    .closest('table,[role=table],[role=grid]')
    ?.querySelectorAll('thead th,thead td,[role=columnheader],tr:first-child th') ?? [])
    heads.push(head.textContent.replace(/\s+/g, ' ').trim());
  const inColumns = row.matches('tr,[role=row]');
  const parts: Element[] = [];
  if (inColumns)
    parts.push(...row.querySelectorAll(':scope > td,:scope > th,:scope > [role=cell],:scope > [role=gridcell]'));
  if (parts.length === 0) {
    for (const element of [row, ...row.querySelectorAll('*')]) {
      if (/^(script|style|select|option|svg|path)$/.test(element.localName)) continue;
      if (
        [...element.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
        )
      )
        parts.push(element);
    }
  }
  const cells: { text: string; head: string }[] = [];
  parts.forEach((part, index) => {
    const text = [
      part.textContent.replace(/\s+/g, ' ').trim(),
      part.querySelector('time[datetime]')?.getAttribute('datetime') ?? '',
      part.getAttribute('datetime') ?? '',
    ]
      .filter((one) => one !== '')
      .join(' ');
    cells.push({ text, head: inColumns ? (heads[index] ?? '') : (part.getAttribute('data-label') ?? '') });
  });
  const links: string[] = [];
  for (const link of [
    start.closest('a[href]'),
    ...row.querySelectorAll('a[href]'),
    row.closest('a[href]'),
    row.closest('[data-href]'),
  ])
    links.push(link?.getAttribute('href') ?? link?.getAttribute('data-href') ?? '');
  const marked: Element[] = [];
  for (let node: Element | null = start; node && row.contains(node); node = node.parentElement) marked.push(node);
  marked.push(
    ...row.querySelectorAll(
      '[data-id],[data-list-id],[data-campaign-id],[data-key],input[type=checkbox],input[type=radio]',
    ),
  );
  const marks: string[] = [];
  for (const element of marked) {
    for (const name of ['data-id', 'data-list-id', 'data-campaign-id', 'data-key', 'data-row-id', 'id', 'value'])
      marks.push(element.getAttribute(name) ?? '');
  }
  // Where `reader/survey.ts` keeps the ids of elements.
  const home = (document as unknown as Record<symbol, { ids: WeakMap<Element, number> } | undefined>)[
    Symbol.for('leadops.registry')
  ];
  return {
    id: home?.ids.get(row) ?? -1,
    cells,
    links: [...new Set(links)].filter((link) => link !== '' && link !== '#'),
    marks: [...new Set(marks)].filter((mark) => mark !== '' && mark !== 'on'),
  };
}
