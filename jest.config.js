import { hasChanged } from './sandbox/tests/changed.mjs';

// The stand-ins have tests of their own (`npm run test:stand-ins`): here they run when the stand-ins changed or are named.
const standIns = process.argv.some((word) => word.includes('sandbox')) || hasChanged();

/** Real ES modules in the tests too: `src/setup/jest.mjs` starts node with --experimental-vm-modules. */
export default {
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
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
  maxWorkers: 2,
  testTimeout: 120_000,
};
