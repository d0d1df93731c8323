/**
 * What runs inside the page, as text. Compilers that keep function names wrap inner functions in a call of `__name`,
 * which no page knows: the first line answers it.
 */
import { checkedOf, choicesOf, kindOf, looksClickable, valueOf } from './kinds.ts';
import {
  byIds,
  columnTitle,
  distinct,
  headingBefore,
  holdsField,
  holdsOnlyTicks,
  ownNames,
  textAfter,
  textsBefore,
  titlesOf,
  wordsAround,
} from './labels.ts';
import { childrenOf, gather, isShown, isShownAround, nameText, parentOf, textOf } from './sight.ts';
import { alertsOf, coverOf, isBusy, isCaptcha, topModal } from './state.ts';
import {
  attributesOf,
  clickTarget,
  collect,
  describe,
  gridRowsOf,
  idOf,
  isReachable,
  onTop,
  placeOf,
  readPage,
  standIn,
  within,
  isGridOfData,
} from './survey.ts';
import { isLine, lineBlocks, readLeaves, readWords } from './words.ts';

const parts = [
  parentOf,
  isShown,
  isShownAround,
  textOf,
  nameText,
  gather,
  childrenOf,
  kindOf,
  looksClickable,
  checkedOf,
  choicesOf,
  valueOf,
  holdsField,
  holdsOnlyTicks,
  byIds,
  ownNames,
  wordsAround,
  distinct,
  textsBefore,
  headingBefore,
  textAfter,
  titlesOf,
  columnTitle,
  topModal,
  coverOf,
  isBusy,
  alertsOf,
  isCaptcha,
  collect,
  gridRowsOf,
  isReachable,
  clickTarget,
  standIn,
  within,
  onTop,
  idOf,
  describe,
  attributesOf,
  placeOf,
  readPage,
  readWords,
  lineBlocks,
  isLine,
  readLeaves,
  isGridOfData,
];

const library = `if (!document.body) throw new Error('context was destroyed: the document is not there yet');
const __name = (named) => named;\n${parts.map(String).join('\n')}
const home = Symbol.for('leadops.registry');
if (!document[home]) Object.defineProperty(document, home, { value: { ids: new WeakMap(), byId: new Map(), next: 0 } });
const registry = document[home];`;

function run(expression: string): string {
  return `(() => { ${library}\nreturn ${expression}; })()`;
}

/** Answers `PageFacts`. */
export const surveyExpression = run('readPage(registry)');
/** Answers the page's text, line by line. */
export const wordsExpression = run('readWords()');
/** Answers `Leaf[]`. */
export const leavesExpression = run('readLeaves(registry)');
/** Answers the element of an id, or null where it is gone. */
export function elementExpression(id: number): string {
  return `document[Symbol.for('leadops.registry')]?.byId.get(${id})?.deref() ?? null`;
}
