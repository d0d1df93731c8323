import { hasChanged } from './sandbox/tests/changed.mjs';
import { groupOf, groups, testFiles } from './tests/support/groups.mjs';

// The stand-ins have tests of their own (`npm run test:stand-ins`): here they run when the stand-ins changed or are named.
const standIns = process.argv.some((word) => word.includes('sandbox') || word === 'stand-ins') || hasChanged();

/** Real ES modules in the tests too: `src/setup/jest.mjs` starts node with --experimental-vm-modules. */
const everywhere = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: false },
          target: 'es2022',
          transform: { react: { runtime: 'automatic' } },
        },
        module: { type: 'es6' },
      },
    ],
  },
};
const databases = {
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
};

const files = testFiles();
const ours = groups.map((group) => ({
  ...everywhere,
  roots: ['<rootDir>/tests'],
  displayName: group,
  testMatch: files.filter((file) => groupOf(file) === group),
  // What needs no database does not wait for one.
  ...(group === 'unit' ? {} : databases),
}));
const theirs = { ...everywhere, roots: ['<rootDir>/sandbox/tests'], displayName: 'stand-ins' };

export default {
  projects: standIns ? [...ours, theirs] : ours,
  testSequencer: '<rootDir>/tests/support/sequencer.mjs',
  // On two cores: a journey waits for pages and databases half of its time, so a third has room, and a fourth has not.
  maxWorkers: 3,
  // Read from here alone: a project's own is not heeded.
  testTimeout: 120_000,
};
