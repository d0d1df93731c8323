import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const { scripts, engines } = z
  .object({ scripts: z.record(z.string(), z.string()), engines: z.object({ node: z.string() }) })
  .parse(JSON.parse(read('package.json')));
const run = read('.ci/run');

const Workflow = z.object({
  jobs: z.object({
    run: z.object({
      strategy: z.object({ matrix: z.object({ node: z.array(z.string()) }) }),
      steps: z.array(z.object({ run: z.string().optional() })),
    }),
  }),
});

test('every script that .ci/run runs is there, and so is every dry run and check in it', () => {
  const named = [...run.matchAll(/npm run -s ([\w:-]+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  const wanted = Object.keys(scripts).filter((name) => /dry-run$|^validate:(?!all)/.test(name));
  expect(wanted.filter((name) => !named.includes(name))).toEqual([]);
  expect(run).toContain('\nnpm test -- ');
});

test('on GitHub the same .ci/run runs on the oldest Node that package.json allows and on later ones', () => {
  const { strategy, steps } = Workflow.parse(parse(read('.github/workflows/ci.yml'))).jobs.run;
  expect(steps.some((step) => step.run === '.ci/run')).toBe(true);
  expect(`>=${strategy.matrix.node[0] ?? ''}`).toBe(engines.node);
  expect(strategy.matrix.node).toEqual(['20.19', '22', '24']);
});
