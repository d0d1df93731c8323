import type { DueTime } from '../pipeline/calendar/due-times.ts';
import { dueWords } from './due-words.ts';
import { context, duration, escaped, mention, moment, section, type Message } from './kit.ts';

/** A due time that nobody started, and what is known of why. */
export type OverdueFacts = {
  readonly due: DueTime;
  /** Who is told: the first admin. */
  readonly admin: string | null;
  /** When the calendar was looked at last, business time. */
  readonly lastTick: Date | null;
  /** Who took it and did not say what became of it: `process 4711 on worker-1`. */
  readonly claimedBy: string | null;
  /** What a shell types to do it by hand. */
  readonly command: string;
  /** Within so many hours it is caught up by itself. */
  readonly graceHours: number;
};

/** The watcher's alarm. */
export function overdue({ due, admin, lastTick, claimedBy, command, graceHours }: OverdueFacts): Message {
  const called = admin === null ? '' : `${mention(admin)} `;
  const line = `🚨 ${called}*${dueWords(due)}* was due ${moment(due.at)} and did not start.`;
  const tick =
    lastTick === null
      ? 'Nobody has ever looked at the calendar'
      : `The calendar was looked at last ${moment(lastTick)}`;
  const claim =
    claimedBy === null ? 'no process has taken it' : `${escaped(claimedBy)} took it and did not say what became of it`;
  const [what, todo] =
    claimedBy === null
      ? [
          lastTick !== null && lastTick > due.at
            ? 'The calendar is looked at, and nobody takes what was due.'
            : 'No process looks at the calendar.',
          'Please see whether LeadOps runs and reaches its database (`/health` on its port), and start it again.',
        ]
      : [
          'The process that took it hangs, or is gone.',
          'Another look takes it in a minute or two; where this message does not change by then, please start LeadOps again.',
        ];
  return {
    text: line,
    blocks: [
      section(line),
      section(`${what} ${todo} It is caught up by itself for ${graceHours} hours. By hand: ${command}`),
      context(`${tick} · ${claim}`),
    ],
  };
}

export type Became = 'started' | 'covered' | 'missed' | 'off' | 'paused';

const became: Readonly<Record<Became, (late: string) => string>> = {
  started: (late) => `did start, ${late} late.`,
  covered: () => 'was done by a run that was live already.',
  missed: () => 'was missed: it was too late to begin by itself.',
  off: () => 'was not started: it is not set up here.',
  paused: () => 'was passed over: it is paused.',
};

/** The same message when it is known what became of it. */
export function overdueSettled(due: DueTime, state: Became, lateMs: number): Message {
  const mark = state === 'missed' ? '⏰' : '✅';
  const line = `${mark} *${dueWords(due)}*, due ${moment(due.at)}, ${became[state](duration(lateMs))}`;
  return { text: line, blocks: [section(line)] };
}
