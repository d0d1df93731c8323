import { z } from 'zod';

const times = z.int().min(0);
const code = z.int().min(400).max(599);

/**
 * Ways to misbehave, as `POST /_control/fault` takes them; what is not named stays as it was. Numbers of times count
 * down, the others hold until they are taken back or the stand-in is reset.
 */
export const MailFault = z.strictObject({
  /** Recipients that are refused, address → reply code: 550 never, 450 not now. */
  refuse: z.record(z.string().toLowerCase(), code),
  /** The reply to a whole message: 554 never, 451 not now. 0: it is taken. */
  rejectMessage: z.union([z.literal(0), code]),
  /** The next n messages are taken, and nothing is said about it. */
  hangAfterData: times,
  /** The next n messages are taken, then the connection is cut without an answer. */
  closeAfterData: times,
  /** The next n connections are cut at the first recipient, before any message. */
  closeBeforeData: times,
  /** The next n connections are told to come back (421). */
  busy: times,
  /** No STARTTLS. */
  tlsOff: z.boolean(),
  /** The login is refused, whatever it is. */
  wrongLogin: z.boolean(),
  /** The sender is refused (550). */
  refuseSender: z.boolean(),
});
export type MailFaults = z.infer<typeof MailFault>;

export const noFaults: MailFaults = {
  refuse: {},
  rejectMessage: 0,
  hangAfterData: 0,
  closeAfterData: 0,
  closeBeforeData: 0,
  busy: 0,
  tlsOff: false,
  wrongLogin: false,
  refuseSender: false,
};

type Counted = 'hangAfterData' | 'closeAfterData' | 'closeBeforeData' | 'busy';

/** Takes one of the next n; false when there are none left. */
export function take(faults: MailFaults, name: Counted): boolean {
  if (faults[name] === 0) return false;
  faults[name] -= 1;
  return true;
}
