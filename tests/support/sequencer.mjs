import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { groups } from './groups.mjs';

/**
 * Seconds that the files of a minute and more took in CI on 27 November 2026, three at once on two cores.
 *
 * @type {Readonly<Record<string, number>>}
 */
const longFiles = JSON.parse(readFileSync(new URL('./long-files.json', import.meta.url), 'utf8'));

/** @type {typeof import('@jest/test-sequencer')} Its types are those of its CommonJS form. */
const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/** @typedef {Parameters<InstanceType<typeof Sequencer>['sort']>[0]} Tests */

/** The stand-ins' tests, which are another package's, come first where they run at all. @param {Tests[number]} test */
const place = (test) => groups.findIndex((group) => group === test.context.config.displayName?.name);

/** @param {Tests[number]} test */
const seconds = (test) => Object.entries(longFiles).find(([file]) => test.path.endsWith(`/${file}`))?.[1] ?? 0;

/**
 * Fast groups first, so that most mistakes show within the first minutes. Within a group the long files come first, also
 * in a fresh clone where Jest remembers nothing: no worker is left alone with one at the end. The rest is as Jest has it.
 */
export default class FastGroupsFirst extends Sequencer {
  /**
   * @override
   * @param {Tests} tests
   */
  async sort(tests) {
    const sorted = await super.sort(tests);
    return sorted.toSorted((one, other) => place(one) - place(other) || seconds(other) - seconds(one));
  }
}
