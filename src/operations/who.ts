import { userInfo } from 'node:os';

/** Who asks for something: a person in Slack, somebody with a shell on the machine, or the calendar. */
export type Who =
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'shell'; readonly id: string }
  | { readonly kind: 'calendar'; readonly id: string };

/** @param slackId `U0123ABCD` */
export const person = (slackId: string): Who => ({ kind: 'person', id: slackId });

export const calendar: Who = { kind: 'calendar', id: 'calendar' };

/** Somebody at the command line, by the system's user; a container may run under a number that has no name. */
export function shell(): Who {
  try {
    return { kind: 'shell', id: `cli:${userInfo().username}` };
  } catch {
    return { kind: 'shell', id: `cli:${process.getuid?.() ?? 'unknown'}` };
  }
}

/** Who asked, as a run's row has it: a Slack id, or null where it was nobody in Slack. */
export const askedBy = (who: Who): string | null => (who.kind === 'person' ? who.id : null);
