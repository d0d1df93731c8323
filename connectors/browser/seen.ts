/**
 * What a person would see of a page, gathered inside it in one go (`reader/`): every control with the words on it, next
 * to it and above it, and how it stands. Plain data; the elements themselves are fetched by id (`survey.ts`).
 */
export type Kind =
  | 'text'
  | 'select'
  | 'listbox'
  | 'combobox'
  | 'checkbox'
  | 'radio'
  | 'toggle'
  | 'option'
  | 'tab'
  | 'menuitem'
  | 'button'
  | 'link'
  | 'file'
  | 'slider'
  | 'header'
  | 'clickable';

export type Choice = {
  readonly text: string;
  readonly value: string;
  readonly selected: boolean;
  readonly disabled: boolean;
};

export type Seen = {
  /** Stable for an element as long as its document lives. */
  readonly id: number;
  /** What to click for it: itself, or the label painted in its place. */
  readonly clickId: number;
  readonly frame: number;
  readonly kind: Kind;
  /** Its label, its accessible name, or its own text. */
  readonly own: readonly string[];
  /** Text beside it that no other control claims, nearest first. */
  readonly near: readonly string[];
  /** Placeholder and description. */
  readonly hints: readonly string[];
  /** Legends, headings, row and dialog titles above it, nearest first. */
  readonly groups: readonly string[];
  readonly attributes: string;
  /** What it shows as its value: typed text, the chosen option's text, the text of a drop-down's button. */
  readonly value: string;
  readonly type: string;
  /** `null` where it cannot be told. */
  readonly checked: boolean | null;
  readonly expanded: boolean | null;
  readonly popup: boolean;
  readonly disabled: boolean;
  readonly readOnly: boolean;
  readonly multiple: boolean;
  /** Of a select, a listbox that is on the page, or a text field with suggestions. */
  readonly choices: readonly Choice[];
  readonly min: string;
  readonly max: string;
  /** Ids of its ancestors, nearest first. */
  readonly lineage: readonly number[];
  /** How it is painted: tells the chosen one of a row of look-alike buttons. */
  readonly look: string;
  readonly place: 'page' | 'navigation' | 'breadcrumb' | 'column header' | 'cell' | 'dialog';
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
};

export type PageFacts = {
  /** When the document began, milliseconds: tells one document's ids from the next one's. */
  readonly born: number;
  readonly title: string;
  /** A spinner, a progress bar without end, `aria-busy`, or "Loading…". */
  readonly busy: boolean;
  readonly modal: { readonly id: number; readonly text: string } | null;
  /** Texts of alerts, error boxes and toasts. */
  readonly alerts: readonly string[];
  readonly passwords: number;
  readonly captcha: boolean;
  /** Rows a grid says it has without its header, painted or not; null where no grid says so. */
  readonly gridRows: number | null;
  readonly seen: readonly Seen[];
};

/** A piece of text on the page, with the element that holds it: for things no role gives away (rows, cells, tabs). */
export type Leaf = {
  readonly id: number;
  readonly frame: number;
  readonly text: string;
  /** Element name or role. */
  readonly kind: string;
  readonly place: Seen['place'];
  readonly lineage: readonly number[];
  /** The address it leads to, where it is a link or lies in one. */
  readonly href: string;
  readonly box: Seen['box'];
};
