import { cut, scrubbed } from '../../pipeline/scrub.ts';

/**
 * What may be read on a page that is kept as evidence, in a trace, a page structure and a picture alike: the names of
 * controls and headings, which are the vendor's and which a new rung of a ladder needs. Nothing in rows of data, no value, no
 * running text: there people are.
 */
const controls = ['button', 'a', 'label', 'th', 'legend', 'summary', 'h1', 'h2', 'h3', 'h4', 'title'];
const controlRoles = ['button', 'tab', 'menuitem', 'columnheader', 'heading', 'link', 'checkbox', 'radio', 'switch'];
const data = ['td', 'tbody', 'textarea', 'option', 'li', 'dd', 'pre', 'iframe'];
const dataRoles = ['row', 'cell', 'gridcell', 'rowheader', 'option', 'listitem', 'treeitem'];

/** Attributes that say what a thing is and not what is in it. */
const keptAttributes = new Set([
  'class',
  'id',
  'role',
  'type',
  'name',
  'for',
  'disabled',
  'hidden',
  'colspan',
  'rowspan',
]);

type Within = 'control' | 'data' | 'other';

/** A page as Playwright's snapshots have it (`[tag, attributes, ...children]`, a text, or a reference), its texts cut. */
export function withoutText(node: unknown, within: Within = 'other'): unknown {
  if (typeof node === 'string') return within === 'control' ? scrubbed(node) : node.trim() === '' ? node : cut;
  if (!Array.isArray(node)) return '';
  const [tag, given, ...children] = node as unknown[];
  // [[snapshots ago, node]]: the same as in an earlier snapshot.
  if (Array.isArray(tag)) return [tag.filter((one) => typeof one === 'number')];
  if (typeof tag !== 'string') return '';
  const name = tag.toLowerCase();
  if (['script', 'style', 'noscript', 'template', 'svg'].includes(name)) return [tag, {}];
  const attributes = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  const role: unknown = attributes.find(([attribute]) => attribute === 'role')?.[1];
  const inside = placeOf(name, typeof role === 'string' ? role : '', within);
  return [tag, attributesOf(attributes, inside), ...children.map((child) => withoutText(child, inside))];
}

function placeOf(tag: string, role: string, within: Within): Within {
  if (within === 'data' || data.includes(tag) || dataRoles.includes(role)) return 'data';
  return controls.includes(tag) || controlRoles.includes(role) ? 'control' : within;
}

function attributesOf(attributes: readonly (readonly [string, unknown])[], within: Within): Record<string, string> {
  return Object.fromEntries(
    attributes.flatMap(([name, value]) => {
      if (typeof value !== 'string') return [];
      const named = within !== 'data' && ['aria-label', 'placeholder'].includes(name);
      const ofPlaywright = /^__playwright_(?:scroll|checked|selected|bounding)/.test(name);
      return keptAttributes.has(name) || named || ofPlaywright ? [[name, scrubbed(value)]] : [];
    }),
  );
}

const list = (tags: readonly string[], roles: readonly string[]) =>
  [...tags, ...roles.map((role) => `[role=${role}]`)].join(', ');

/** The same rule for a picture, as a style that is laid over the page for the moment of it. */
export const blankStyle = `
  html *, html *::before, html *::after { color: transparent !important; -webkit-text-fill-color: transparent !important; text-shadow: none !important; }
  :is(${list(controls, controlRoles)}), :is(${list(controls, controlRoles)}) * { color: #222 !important; -webkit-text-fill-color: #222 !important; }
  :is(${list(data, dataRoles)}), :is(${list(data, dataRoles)}) *, input, select { color: transparent !important; -webkit-text-fill-color: transparent !important; }
  html input::placeholder { color: #888 !important; -webkit-text-fill-color: #888 !important; }
  img, canvas, video, iframe, svg text, svg image { visibility: hidden !important; }
`;

const ariaControls = new Set([
  ...controlRoles,
  'textbox',
  'searchbox',
  'combobox',
  'spinbutton',
  'dialog',
  'navigation',
]);
const ariaData = new Set(dataRoles);

/** An aria snapshot (a line a thing, deeper by two blanks) by the same rule. */
export function withoutTextInTree(tree: string): string {
  let dataAt = Infinity;
  return tree
    .split('\n')
    .flatMap((line) => {
      const parts = /^(\s*)- (\/?[\w-]+)(?: ("(?:[^"\\]|\\.)*"|\/.*\/))?((?: \[[^\]]*\])*)(:?)(.*)$/s.exec(line);
      if (!parts) return [];
      const [, indent = '', role = '', name = '', marks = '', colon = '', text = ''] = parts;
      if (indent.length <= dataAt) dataAt = ariaData.has(role) ? indent.length : Infinity;
      if (role.startsWith('/')) return [];
      const shown =
        name === ''
          ? ''
          : ` ${role === 'columnheader' || (dataAt === Infinity && ariaControls.has(role)) ? scrubbed(name) : `"${cut}"`}`;
      return [`${indent}- ${role}${shown}${marks}${colon}${text.trim() === '' ? '' : ` ${cut}`}`];
    })
    .join('\n');
}
