import { controlName } from './control-name.ts';
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

export type Within = 'control' | 'data' | 'other';

/** A page as Playwright's snapshots have it (`[tag, attributes, ...children]`, a text, or a reference), its texts cut. */
export function withoutText(node: unknown, within: Within = 'other', around = ''): unknown {
  if (typeof node === 'string')
    return within === 'control' ? controlName(node, around) : node.trim() === '' ? node : cut;
  if (!Array.isArray(node)) return '';
  const [tag, given, ...children] = node as unknown[];
  // [[snapshots ago, node]]: the same as in an earlier snapshot.
  if (Array.isArray(tag)) return [tag.filter((one) => typeof one === 'number')];
  if (typeof tag !== 'string') return '';
  const name = tag.toLowerCase();
  if (['script', 'style', 'noscript', 'template', 'svg'].includes(name)) return [tag, {}];
  const attributes = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  const role: unknown = attributes.find(([attribute]) => attribute === 'role')?.[1];
  const inside = placeOf(name, typeof role === 'string' ? role : '', within, children);
  const kind = inside === 'control' && within !== 'control' ? (typeof role === 'string' ? role : name) : around;
  return [tag, attributesOf(attributes, inside), ...children.map((child) => withoutText(child, inside, kind))];
}

/** `children` tell the row of titles from a row of people. */
export function placeOf(tag: string, role: string, within: Within, children: readonly unknown[] = []): Within {
  const titles = role === 'row' && children.length > 0 && children.every(isTitle);
  if (within === 'data' || data.includes(tag) || (dataRoles.includes(role) && !titles)) return 'data';
  return controls.includes(tag) || controlRoles.includes(role) ? 'control' : within;
}

function isTitle(child: unknown): boolean {
  const given: unknown = Array.isArray(child) ? child[1] : null;
  return typeof given === 'object' && given !== null && 'role' in given && given.role === 'columnheader';
}

function attributesOf(attributes: readonly (readonly [string, unknown])[], within: Within): Record<string, string> {
  return Object.fromEntries(
    attributes.flatMap(([name, value]) => {
      if (typeof value !== 'string') return [];
      const named = within !== 'data' && ['aria-label', 'placeholder'].includes(name);
      const ofPlaywright = /^__playwright_(?:scroll|checked|selected|bounding)/.test(name);
      return keptAttributes.has(name) || named || ofPlaywright
        ? [[name, named ? controlName(value, 'button') : scrubbed(value)]]
        : [];
    }),
  );
}

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
          : ` ${role === 'columnheader' || (dataAt === Infinity && ariaControls.has(role)) ? controlName(name, role) : `"${cut}"`}`;
      return [`${indent}- ${role}${shown}${marks}${colon}${text.trim() === '' ? '' : ` ${cut}`}`];
    })
    .join('\n');
}
