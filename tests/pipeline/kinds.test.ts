import { expect, test } from '@jest/globals';
import { argsOf, factsOf, kinds, readArgs, workflowNames } from '../../pipeline/kinds.ts';
import { sampleFacts, sampleRun } from '../support/samples.ts';
import { day, month } from '../support/branded.ts';

const monday = day('2027-02-01');
const window = { start: day('2027-03-01') };

test('keys are what live runs in databases have', () => {
  const of = { client: 'acme', month: month('2027-03'), window, dryRun: false };
  expect([
    kinds['pull-leads'].key(of),
    kinds.upload.key(of),
    kinds.upload.key({ ...of, dryRun: true }),
    kinds.evergreen.key(of),
    kinds.evergreen.key({ ...of, dryRun: true }),
    kinds['evergreen-undo'].key(of),
    kinds.weekly.key({ monday }),
    kinds.weekly.key({ monday, dryRun: true }),
    kinds.weekly.key({ monday, evergreen: 'all' }),
    kinds.weekly.key({ monday, evergreen: 'acme', dryRun: true }),
    kinds.weekly.key({ monday, only: 'acme' }),
    kinds.intent.key({}),
    kinds.intent.key({ dryRun: true }),
    kinds['intent-send'].key({ batch: 'B2B-2027-01-15-1' }),
  ]).toEqual([
    'pull:acme:2027-03',
    'upload:acme:2027-03',
    'upload:acme:2027-03:preview',
    'evergreen:acme:2027-03-01',
    'evergreen:acme:2027-03-01:preview',
    'undo:acme:2027-03-01',
    'weekly:2027-02-01',
    'weekly:2027-02-01:preview',
    'weekly:2027-02-01:evergreen:all',
    'weekly:2027-02-01:evergreen:acme:preview',
    'weekly:2027-02-01:only:acme',
    'intent',
    'intent:preview',
    'intent-send:B2B-2027-01-15-1',
  ]);
});

test('every kind has a title of its own', () => {
  expect(new Set(workflowNames.map((name) => kinds[name].title)).size).toBe(workflowNames.length);
});

test('a row from before an argument existed is read with what it meant then', () => {
  expect(readArgs('pull-leads', {})).toEqual({ refresh: false });
  expect(readArgs('evergreen', { window: '2027-03-01' })).toEqual({ window: '2027-03-01', again: false });
  expect(readArgs('weekly', { monday: '2027-02-01' })).toEqual({ monday: '2027-02-01', clients: null, uploads: true });
  expect(readArgs('intent', { noEmail: true, since: 'long ago' })).toEqual({ noEmail: true });
});

test('what a run cannot be done with is named, with what to do', () => {
  const read = () => readArgs('evergreen', { window: 'March' });
  expect(read).toThrow('Evergreen cannot be done with what it was started with (window: a day is written 2027-03-01).');
  expect(read).toThrow(expect.objectContaining({ todo: 'Nothing was done. Start it anew.' }));
});

test('whoever looks at runs of all kinds is told what a run of another kind is not', () => {
  const pull = sampleRun({ args: { refresh: true }, summary: { gapFacts: sampleFacts() } });
  expect(argsOf('pull-leads', pull)).toEqual({ refresh: true });
  expect(factsOf('pull-leads', pull)?.gapFacts.target).toBe(15_000);
  expect(argsOf('weekly', pull)).toBeNull();
  expect(factsOf('upload', pull)).toBeNull();
  expect(argsOf('weekly', sampleRun({ workflow: 'weekly', args: { monday: 7 } }))).toBeNull();
});
