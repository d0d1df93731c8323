import { expect, test } from '@jest/globals';
import tseslint from 'typescript-eslint';
import { Linter } from 'eslint';
import { impureCalls } from '../../src/setup/lint/impure-calls.mjs';

const linter = new Linter();

/** Lines of the code that are found wrong. */
function wrongLines(code: string): number[] {
  const messages = linter.verify(
    code,
    [
      {
        files: ['**/*.ts'],
        // ESLint's types and those of the TypeScript plug-in differ in what they call a rule.
        languageOptions: { parser: tseslint.parser },
        plugins: { workflows: { rules: { 'impure-calls': impureCalls as never } } },
        rules: { 'workflows/impure-calls': 'error' },
      },
    ],
    'workflow.ts',
  );
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  return messages.map(({ line }) => line);
}

test('what reaches the outside is found wherever it is not remembered', () => {
  expect(
    wrongLines(
      `
      async function work(context: RunContext) {
        const { ports, step } = context;
        const counts = await ports.leads.counts(book);
        if (counts.cleaned > 0) await context.ports.notices.note(id, 'purpose', 'text');
        await (await ports.bison(workspace)).list(workspace, ref);
        const answers = [1, 2].map((id) => ports.uploads.get(id));
        await sideBySide(states, (state) => ports.cole.at(state, look));
      }
    `.replace('export)', 'look)'),
    ),
  ).toEqual([4, 5, 6, 7, 8]);
});

test('in a step, an act, a wait and a question it is right, however deep', () => {
  expect(
    wrongLines(`
      async function work(context: RunContext) {
        const { ports, step, once } = context;
        await step('counts', () => ports.leads.counts(book));
        await context.once('send', async () => { for (const one of all) await ports.mail.send(one); }, () => ports.mail.find(id));
        await context.until('seen', async () => (await ports.uploads.get(id)).seen, ports.settings.sync);
        await step('all', () => Promise.all(all.map((one) => ports.uploads.get(one))));
      }
    `),
  ).toEqual([]);
});

test('a function for steps may reach the outside, and may be called from steps only', () => {
  expect(
    wrongLines(`
      async function look({ ports }: InStep<null>, id: number) {
        return other({ ports }, await ports.uploads.get(id));
      }
      async function other(context: Pick<InStep, 'ports'>, batch: Batch) {
        return context.ports.uploads.leads(batch);
      }
      async function work(context: RunContext) {
        await context.step('look', () => look(context, 1));
        await look(context, 2);
      }
    `),
  ).toEqual([10]);
});
