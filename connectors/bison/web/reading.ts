import type { Leaf } from '../../browser/seen.ts';
import { toCount } from '../schema.ts';
import type { Row } from './rows.ts';

/*
 * What the pages' texts mean: names among other words, figures beside their labels, days, the ids in addresses.
 */

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/**
 * A text that begins with exactly this name. What may follow it: nothing, a separator, or a count. `… renewals) 2` is another
 * list than `… renewals)`, `… renewals) · 3,750 contacts` is not.
 */
export function named(name: string): RegExp {
  const words = escaped(name.trim()).replace(/\s+/g, String.raw`\s+`);
  const counted = String.raw`\(?[\d,]+\s*(?:contacts?|leads?|people|records?|rows?)\b`;
  return new RegExp(String.raw`^\s*${words}\s*(?:$|[·•|,:;—–\n\[]|-\s|\(\s*[\d,]+\s*\)|${counted})`, 'i');
}

export const isNamed = (text: string, name: string): boolean => named(name).test(text);

/** The number a text holds by itself: `3,750`, `3,750 contacts`. */
export function countIn(text: string): number | null {
  const number =
    /^\(?\s*(\d{1,3}(?:,\d{3})+|\d+)\s*\)?(?:\s+(?:total\s+)?(?:contacts?|leads?|people|prospects|records?|rows?))?$/i.exec(
      text.trim(),
    )?.[1];
  return number === undefined ? null : toCount(number);
}

/**
 * The figure a page gives under a label: in one text with it (`Processed: 3,750`), else the number that stands nearest to it
 * and shares the smallest box with it. `null` where the page has no such label.
 */
export function figureIn(leaves: readonly Leaf[], label: RegExp): number | null {
  for (const { text } of leaves) {
    const [, before, number, after] = /^(.*?)[\s:–-]*\b(\d{1,3}(?:,\d{3})+|\d+)\b\s*(.*)$/.exec(text.trim()) ?? [];
    if (number === undefined) continue;
    const words = `${before ?? ''} ${after ?? ''}`.replace(/[:·]/g, ' ').trim();
    if (words !== '' && label.test(words)) return toCount(number);
  }
  const labels = leaves.filter(({ text }) => label.test(text.replace(/:$/, '').trim()));
  const numbers = leaves.filter(({ text }) => countIn(text) !== null);
  const pairs = labels.flatMap((one) =>
    numbers.map((number) => ({ number, box: shared(one, number), far: apart(one, number) })),
  );
  const [best] = pairs.filter(({ box }) => box < 5).toSorted((a, b) => a.box - b.box || a.far - b.far);
  return best ? countIn(best.number.text) : null;
}

/** How many steps up from a label its box holds the other too. */
function shared(label: Leaf, other: Leaf): number {
  const step = label.lineage.findIndex((id) => other.lineage.includes(id) || other.id === id);
  return step < 0 ? Infinity : step;
}

function apart(a: Leaf, b: Leaf): number {
  const middle = ({ box }: Leaf) => [box.x + box.width / 2, box.y + box.height / 2] as const;
  const [[ax, ay], [bx, by]] = [middle(a), middle(b)];
  return Math.hypot(ax - bx, ay - by);
}

/** A number of a row: under a column of that name, or a text that names it. */
export function countOf({ cells }: Row, label: RegExp): number | null {
  for (const { text, head } of cells) {
    if (label.test(head) && countIn(text) !== null) return countIn(text);
  }
  for (const { text } of cells) {
    const [, number, words] = /\b(\d{1,3}(?:,\d{3})+|\d+)\s+([a-z ]+?)(?=$|[·•|,(])/i.exec(text) ?? [];
    if (number !== undefined && label.test((words ?? '').trim())) return toCount(number);
    const [, words2, number2] = /(?:^|[·•|]\s*)([a-z ]+?)\s*:\s*(\d{1,3}(?:,\d{3})+|\d+)\b/i.exec(text) ?? [];
    if (number2 !== undefined && label.test((words2 ?? '').trim())) return toCount(number2);
  }
  // A card writes the figure and its label into two boxes, one after the other.
  const texts = cells.map(({ text }) => text);
  const at = texts.findIndex((text) => label.test(text.replace(/:$/, '').trim()));
  if (at < 0) return null;
  return [texts[at + 1], texts[at - 1]].map((text) => countIn(text ?? '')).find((count) => count !== null) ?? null;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The moment or the day a text names, American order: `2027-01-04T15:00:07.000Z`, `2027-01-04`. */
export function dayIn(text: string): string | null {
  const exact = /\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})/.exec(text)?.[0];
  if (exact !== undefined) return new Date(exact).toISOString();
  const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/.exec(text);
  if (iso) return iso[0];
  const day = (year: string, month: number, date: string) =>
    `${year}-${String(month).padStart(2, '0')}-${date.padStart(2, '0')}`;
  const worded = /\b([A-Z][a-z]{2})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b/.exec(text);
  const month = months.indexOf((worded?.[1] ?? '').toLowerCase()) + 1;
  if (worded && month > 0) return day(worded[3] ?? '', month, worded[2] ?? '');
  const turned = /\b(\d{1,2}) ([A-Z][a-z]{2})[a-z]*\.?,? (\d{4})\b/.exec(text);
  const turnedMonth = months.indexOf((turned?.[2] ?? '').toLowerCase()) + 1;
  if (turned && turnedMonth > 0) return day(turned[3] ?? '', turnedMonth, turned[1] ?? '');
  const slashed = /\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/.exec(text);
  return slashed ? day(slashed[3] ?? '', Number(slashed[1]), slashed[2] ?? '') : null;
}

/** The id in a row's addresses or marks: a number or a UUID. */
export function idIn({ links, marks }: Pick<Row, 'links' | 'marks'>): string | null {
  for (const link of links) {
    const path = link.replace(/^https?:\/\/[^/]+/, '');
    const found = /[/=]([0-9a-f]{8}-[0-9a-f-]{27}|\d+)(?=[/?&#]|$)/i.exec(path)?.[1];
    if (found !== undefined) return found;
  }
  for (const mark of marks) {
    const found = /^(?:[a-z]+[-_:]?)*?([0-9a-f]{8}-[0-9a-f-]{27}|\d+)$/i.exec(mark)?.[1];
    if (found !== undefined) return found;
  }
  return null;
}
