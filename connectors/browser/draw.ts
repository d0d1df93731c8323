import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright';
import { placeOf, type Within } from './trace-page.ts';
import { controlName } from './control-name.ts';
import { collectExpression } from './draw-collect.ts';

/** How a line of text that may hold people is drawn, whatever it says: two people give one picture. */
const block = '<i style="display:inline-block;width:56px;height:9px;background:#c9c9c9;border-radius:2px"></i>';
const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const fields = ['input', 'textarea', 'select'];
const pictures = ['img', 'svg', 'canvas', 'video', 'iframe', 'picture', 'object', 'embed', 'progress', 'meter'];
const tableTags = ['table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th'];
/** What a style may say of a thing in which people are: nothing that a script may have measured or chosen for one of them. */
const dataStyles = /^(display|padding|font-size|border-(top|bottom|left|right)-(width|style)|box-sizing|text-align)/;

/** What is read of a page as a document of our own, with the same words in it as a trace has (./trace-page.ts). */
function drawn(node: unknown, within: Within = 'other', tagAround = ''): string {
  if (typeof node === 'string') return within === 'control' ? escape(controlName(node, tagAround)) : block;
  if (!Array.isArray(node)) return '';
  const [tag, given, styles, ...children] = node as unknown[];
  if (typeof tag !== 'string') return '';
  const attributes = texts(given);
  const inside = placeOf(tag, attributes.role ?? '', within, children);
  const style = Object.entries(texts(styles))
    .filter(([name, value]) => !/url\(|["'<>]/.test(value) && (inside !== 'data' || dataStyles.test(name)))
    .map(([name, value]) => `${name}:${value}`)
    .join(';');
  if (pictures.includes(tag)) return `<div style="${style};min-width:16px;min-height:16px;background:#eee"></div>`;
  if (fields.includes(tag)) {
    const hint =
      inside === 'data' ? '' : (attributes.caption ?? attributes.placeholder ?? attributes['aria-label'] ?? '');
    return `<div style="${style};min-width:14px;min-height:14px;border:1px solid #999;color:#777">${escape(controlName(hint, 'button'))}</div>`;
  }
  const name = inside !== 'data' && children.length === 0 ? (attributes['aria-label'] ?? '') : '';
  const as = tableTags.includes(tag) ? tag : 'div';
  const spans = ['colspan', 'rowspan'].map((one) => (attributes[one] ? ` ${one}="${escape(attributes[one])}"` : ''));
  const kind = inside === 'control' && within !== 'control' ? (attributes.role ?? tag) : tagAround;
  const body = joined(children)
    .map((child) => drawn(child, inside, kind))
    .join('');
  return `<${as}${spans.join('')} style="${style}">${escape(controlName(name, kind))}${body}</${as}>`;
}

/** Neighbouring text nodes are joined first, because frameworks split a sentence where a value begins. */
function joined(children: readonly unknown[]): readonly unknown[] {
  return children.reduce<unknown[]>((all, child) => {
    const last = all.at(-1);
    if (typeof child === 'string' && typeof last === 'string') all[all.length - 1] = last + child;
    else all.push(child);
    return all;
  }, []);
}

function texts(given: unknown): Record<string, string> {
  if (typeof given !== 'object' || given === null) return {};
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/**
 * A picture of the page as a developer needs it, drawn anew on a page of our own without scripts and without a network. The
 * vendor's page is read and not touched. Its frames stand below it.
 */
export async function picture(page: Page): Promise<Buffer> {
  const frames = page.frames().slice(0, 8);
  // A page whose script never ends cannot be read; the failure is then reported without a picture.
  const late = sleep(5_000, null, { ref: false });
  const trees: unknown[] = await Promise.all(
    frames.map((frame) => Promise.race([late, frame.evaluate(collectExpression).catch(() => null)])),
  );
  if (trees.every((tree) => tree === null)) throw new Error('the page does not answer');
  const browser = page.context().browser();
  if (!browser) throw new Error('the browser is gone');
  const context = await browser.newContext({
    javaScriptEnabled: false,
    offline: true,
    viewport: { width: 1600, height: 1000 },
  });
  try {
    const sheet = await context.newPage();
    const parts = trees
      .filter((tree) => tree !== null)
      .map(
        (tree) => `<div style="position:relative;min-height:20px;border-bottom:3px solid #888">${drawn(tree)}</div>`,
      );
    await sheet.setContent(
      `<!doctype html><body style="margin:0;font-family:sans-serif;background:#fff">${parts.join('')}</body>`,
      { waitUntil: 'domcontentloaded', timeout: 10_000 },
    );
    return await sheet.screenshot({ timeout: 10_000, animations: 'disabled', fullPage: false });
  } finally {
    await context.close();
  }
}
