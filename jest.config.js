<<<<<<< HEAD
import { groupOf, groups, testFiles } from './tests/support/groups.mjs';
=======
import { hasChanged } from './sandbox/tests/changed.mjs';

// The stand-ins have tests of their own (`npm run test:stand-ins`): here they run when the stand-ins changed or are named.
const standIns = process.argv.some((word) => word.includes('sandbox')) || hasChanged();
>>>>>>> main

/** Real ES modules in the tests too: `src/setup/jest.mjs` starts node with --experimental-vm-modules. */
const everywhere = {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests', ...(standIns ? ['<rootDir>/sandbox/tests'] : [])],
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
  testTimeout: 120_000,
};
const databases = {
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
};

const files = testFiles();

export default {
  projects: groups.map((group) => ({
    ...everywhere,
    // What needs no database does not wait for one.
    ...(group === 'unit' ? {} : databases),
    displayName: group,
    testMatch: files.filter((file) => groupOf(file) === group),
  })),
  testSequencer: '<rootDir>/tests/support/sequencer.mjs',
  maxWorkers: 2,
};
