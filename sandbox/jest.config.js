/** Real ES modules in the tests too: `tests/run.mjs` starts node with --experimental-vm-modules. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' } } }] },
  maxWorkers: 2,
  testTimeout: 120_000,
};
