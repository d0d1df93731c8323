import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { dueTimes } from '../../pipeline/calendar/due-times.ts';
import { usualTimes, zones } from '../../pipeline/calendar/hours.ts';
import { settings } from '../../src/config.ts';

const Workflow = z.object({
  on: z.object({
    schedule: z.array(z.object({ cron: z.string() })),
    workflow_dispatch: z.object({ inputs: z.record(z.string(), z.object({ type: z.string(), default: z.unknown() })) }),
  }),
  jobs: z.record(
    z.string(),
    z.object({
      environment: z.string(),
      'timeout-minutes': z.number(),
      env: z.record(z.string(), z.string()),
      steps: z.array(
        z.object({
          id: z.string().optional(),
          name: z.string().optional(),
          if: z.string().optional(),
          uses: z.string().optional(),
          run: z.string().optional(),
        }),
      ),
    }),
  ),
});

const workflows = [
  {
    file: 'agent-monthly.yml',
    kind: 'monthly',
    time: usualTimes.monthly,
    zone: zones.monthly,
    days: { winter: '2027-01-15', summer: '2027-07-15' },
    cron: '15 * *',
    minutes: 360,
    command: 'monthly',
  },
  {
    file: 'intent-poll.yml',
    kind: 'intent',
    time: usualTimes.intent,
    zone: zones.intent,
    days: { winter: '2027-01-25', summer: '2027-07-19' },
    cron: '* * 1-5',
    minutes: 90,
    command: 'intent run',
  },
  {
    file: 'agent-weekly.yml',
    kind: 'monday',
    time: usualTimes.monday,
    zone: zones.monday,
    // After a holiday a Monday is done on the day that follows.
    days: { winter: '2027-01-25', summer: '2027-07-19' },
    cron: '* * 1-3',
    minutes: 240,
    command: 'weekly',
  },
] as const;

/** A minute before or after a time of day: `06:59`. */
function beside(time: string, minutes: number): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const at = hour * 60 + minute + minutes;
  return [Math.floor(at / 60), at % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

describe.each(workflows)('$file', ({ file, kind, time, zone, days, cron, minutes, command }) => {
  const text = readFileSync(new URL(`../../.github/workflows/${file}`, import.meta.url), 'utf8');
  const workflow = Workflow.parse(parse(text));
  const [job] = Object.values(workflow.jobs);
  const steps = job?.steps ?? [];

  test('sets only what LeadOps knows as a setting, and lists each secret it needs', () => {
    const known: readonly string[] = Object.keys(settings);
    const head = text.slice(0, text.indexOf('name:'));
    for (const [name, value] of Object.entries(job?.env ?? {})) {
      expect(known).toContain(name);
      expect(value).toMatch(new RegExp(`^\\$\\{\\{ (secrets|vars)\\.${name} \\}\\}$`));
      expect(head).toContain(name);
    }
  });

  test('is stopped after its minutes, and a person’s dispatch is a dry run unless they say otherwise', () => {
    expect(job?.['timeout-minutes']).toBe(minutes);
    expect(workflow.on.workflow_dispatch.inputs.dry_run).toMatchObject({ type: 'boolean', default: true });
  });

  test.each(['winter', 'summer'] as const)('one of its times is the hour of the calendar in %s', (season) => {
    const day = days[season];
    const [due] = dueTimes(new Date(`${day}T00:00:00Z`), new Date(`${day}T23:00:00Z`), [kind]);
    const [minute, hours, ...when] = (workflow.on.schedule[0]?.cron ?? '').split(' ');
    const times = (hours ?? '').split(',').map((hour) => `${day}T${hour}:${minute?.padStart(2, '0')}:00.000Z`);
    expect(times).toContain(due?.at.toISOString());
    expect(when.join(' ')).toBe(cron);
  });

  test.each([
    ['schedule', beside(time, -1), 'false'],
    ['schedule', time, 'true'],
    ['schedule', beside(time, 60), 'true'],
    ['workflow_dispatch', beside(time, -1), 'true'],
  ])('its first step, by %s at %s, answers due=%s', (event, now, due) => {
    const script = steps.find(({ id }) => id === 'clock')?.run ?? '';
    expect(script).toContain(`TZ=${zone} date`);
    const folder = mkdtempSync(join(tmpdir(), 'leadops-gate-'));
    try {
      const output = join(folder, 'output');
      writeFileSync(join(folder, 'date'), `#!/bin/sh\necho ${now}\n`, { mode: 0o755 });
      const { status } = spawnSync('bash', ['-e', '-c', script], {
        env: { PATH: `${folder}:${process.env.PATH}`, GITHUB_EVENT_NAME: event, GITHUB_OUTPUT: output },
      });
      expect(status).toBe(0);
      expect(readFileSync(output, 'utf8')).toBe(`due=${due}\n`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('it is the command line that does it', () => {
    expect(steps.map(({ run = '' }) => run).join('\n')).toContain(`npm run leadops -- ${command} --trigger`);
  });

  test('its secrets are those of one environment, and what was seen is kept where it failed', () => {
    expect(job?.environment).toBe('leadops');
    const kept = steps.slice(-2);
    expect(kept.map((step) => step.if)).toEqual(Array(2).fill("failure() && steps.clock.outputs.due == 'true'"));
    expect(kept[0]?.run).toContain('leadops -- evidence evidence');
    expect(kept[1]?.uses).toMatch(/^actions\/upload-artifact@/);
  });
});
