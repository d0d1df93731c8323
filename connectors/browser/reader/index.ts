/**
 * What runs inside the page, as text. Compilers that keep function names wrap inner functions in a call of `__name`,
 * which no page knows: the first line answers it.
 */
import * as around from './around.ts';
import * as description from './describe.ts';
import * as fields from './fields.ts';
import * as kinds from './kinds.ts';
import * as labels from './labels.ts';
import * as memo from './memo.ts';
import * as registry from './registry.ts';
import * as sight from './sight.ts';
import * as state from './state.ts';
import * as survey from './survey.ts';
import * as words from './words.ts';

const rooms = [memo, registry, sight, fields, kinds, labels, around, description, state, survey, words];
const parts = rooms.flatMap((room) => Object.values<unknown>(room));

const library = `if (!document.body) throw new Error('context was destroyed: the document is not there yet');
const __name = (named) => named;\n${parts.map(String).join('\n')}
const home = Symbol.for('leadops.registry');
if (!document[home]) Object.defineProperty(document, home, { value: newRegistry() });
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
/** Answers the elements, each under its id; none where no reading was done yet. */
export const elementsExpression = `document[Symbol.for('leadops.registry')]?.elements ?? {}`;
/** Answers the element of an id, or null where it is gone. */
export function elementExpression(id: number): string {
  return `(${elementsExpression})[${id}] ?? null`;
}
