/*
 * What the messages of a run are for: each purpose is one message a run. Rows hold these words, with `thread: ` or `alert: `
 * before some of them; another wording would be said a second time by runs that are half-way.
 */

/** A line in the thread of the run's card. The rounds are those of questions.ts. */
export type NotePurpose = `plan ${string}` | `unverified ${string}` | `repeated ${number}` | `top-up ${string}`;

/** In the thread of the gap report: that of its round. */
export type CallPurpose = `gap ${number}`;

/** To those who may decide for the client. */
export type ApproverPurpose = 'nothing left' | 'settings changed' | 'nearly full';

/** To the approvers of a run without a client. */
export type AlertPurpose = 'warnings' | 'skipped' | 'failed';
