import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { dueTimes } from '../../pipeline/calendar/due-times.ts';
import { settings } from '../../src/config.ts';

const Workflow = z.object({
  on: z.object({
    schedule: z.array(z.object({ cron: z.string() })),
    workflow_dispatch: z.object({ inputs: z.record(z.string(), z.object({ type: z.string(), default: z.unknown() })) }),
  }),
  jobs: z.object({
    poll: z.object({
      'timeout-minutes': z.number(),
      env: z.record(z.string(), z.string()),
      steps: z.array(z.object({ name: z.string().optional(), run: z.string().optional() })),
    }),
  }),
});
const path = new URL('../../.github/workflows/intent-poll.yml', import.meta.url);
const text = readFileSync(path, 'utf8');
const workflow = Workflow.parse(parse(text));

describe('intent polling from GitHub Actions', () => {
  test('sets only what LeadOps knows as a setting, and lists each secret it needs', () => {
    const known: readonly string[] = Object.keys(settings);
    const head = text.slice(0, text.indexOf('name:'));
    for (const [name, value] of Object.entries(workflow.jobs.poll.env)) {
      expect(known).toContain(name);
      expect(value).toMatch(new RegExp(`^\\$\\{\\{ (secrets|vars)\\.${name} \\}\\}$`));
      expect(head).toContain(name);
    }
  });

  test('is stopped after 15 minutes, and a person’s dispatch is a dry run unless they say otherwise', () => {
    expect(workflow.jobs.poll['timeout-minutes']).toBe(15);
    expect(workflow.on.workflow_dispatch.inputs.dry_run).toMatchObject({ type: 'boolean', default: true });
  });

  test.each([
    ['winter', '2027-01-18'],
    ['summer', '2027-07-19'],
  ])('one of its times is the hour of the calendar in New York in %s', (_, day) => {
    const [due] = dueTimes(new Date(`${day}T00:00:00Z`), new Date(`${day}T23:00:00Z`), ['intent']);
    const [minute, hours, , , weekdays] = (workflow.on.schedule[0]?.cron ?? '').split(' ');
    const times = (hours ?? '').split(',').map((hour) => `${day}T${hour}:${minute?.padStart(2, '0')}:00.000Z`);
    expect(times).toContain(due?.at.toISOString());
    expect(weekdays).toBe('1-5');
  });

  test('it is the command line that polls', () => {
    const [poll] = workflow.jobs.poll.steps.filter(({ name }) => name === 'Poll');
    expect(poll?.run).toContain('npm run leadops -- intent run --trigger');
  });
});
