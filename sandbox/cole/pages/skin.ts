import { hash } from '../../kit.ts';
import type { Faults } from '../faults.ts';
import { words, type Word } from './words.ts';

/** How the site looks today: its wording, its controls, and the names in its source. */
export type Skin = {
  /** Listboxes of its own instead of selects, and other rearrangements. */
  readonly custom: boolean;
  /** Put before every field name; the server takes it off again. */
  readonly prefix: string;
  say(word: Word): string;
  /** Renames ids, classes and field names in a finished page. */
  dress(html: string): string;
  dressCss(css: string): string;
};

export const redesignPrefix = 'q_';

export function skinOf(redesign: Faults['redesign']): Skin {
  const custom = redesign === true;
  return {
    custom,
    prefix: redesign === false ? '' : redesignPrefix,
    say: (word) => words[word][custom ? 1 : 0],
    dress: redesign === false ? (html) => html : dressed,
    dressCss:
      redesign === false
        ? (css) => css
        : (css) => css.replaceAll(/\.([a-z][\w-]*)/g, (_, name: string) => `.${other(name)}`),
  };
}

function dressed(html: string): string {
  return html
    .replaceAll(
      / (class|id|for|aria-labelledby|aria-describedby|list)="([^"]*)"/g,
      (_, attribute: string, value: string) => {
        return ` ${attribute}="${value.split(' ').map(other).join(' ')}"`;
      },
    )
    .replaceAll(/ name="([^"]*)"/g, ` name="${redesignPrefix}$1"`);
}

function other(name: string): string {
  return name === '' ? '' : `u${hash('redesign', name).toString(36)}`;
}
