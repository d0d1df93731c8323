/**
 * An operation that did nothing, for a reason the person who asked can act on. Both texts are whole sentences in Slack's
 * mrkdwn, with outside text escaped; the command line prints them without its signs. They are for that person alone, and go
 * into no log and no row.
 */
export class Refused extends Error {
  /** What is wrong, and that nothing was done. */
  readonly reason: string;
  /** What to do about it; empty where the reason says it all. */
  readonly todo: string;
  constructor(reason: string, todo = '') {
    super(todo === '' ? reason : `${reason} ${todo}`);
    this.name = 'Refused';
    this.reason = reason;
    this.todo = todo;
  }
}
