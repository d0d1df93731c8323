import { createRequire } from 'node:module';
import { groups } from './groups.mjs';

/** @type {typeof import('@jest/test-sequencer')} Its types are those of its CommonJS form. */
const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/** @typedef {Parameters<InstanceType<typeof Sequencer>['sort']>[0]} Tests */

/** The stand-ins' tests, which are another package's, come first where they run at all. @param {Tests[number]} test */
const place = (test) => groups.findIndex((group) => group === test.context.config.displayName?.name);

/**
 * Fast groups first, so that most mistakes show within the first minutes. Within a group what failed last time comes first
 * and then what took longest, so that no worker is left alone with a long file at the end.
 */
export default class FastGroupsFirst extends Sequencer {
  /**
   * @override
   * @param {Tests} tests
   */
  async sort(tests) {
    const sorted = await super.sort(tests);
    return sorted.toSorted((one, other) => place(one) - place(other));
  }
}
