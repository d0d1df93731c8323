import { NeedsHuman } from './errors.ts';

/** What the system says of a disk that takes nothing more, or nothing from us: no second try helps. */
const reasons: ReadonlyMap<unknown, string> = new Map([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EROFS', 'the disk is read-only'],
  ['EACCES', 'it may not be written by the user LeadOps runs as'],
  ['EPERM', 'it may not be written by the user LeadOps runs as'],
  ['ENOTDIR', 'a file is in its place'],
  ['EEXIST', 'a file is in its place'],
]);

/** A disk's refusal as a question to a person; every other error as it is. */
export function asDiskError(error: unknown, done: string): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  const reason = reasons.get(code);
  return reason === undefined ? error : noRoom(reason, done);
}

/** @param reason what is wrong with it · @param done what was not done for it, as a sentence */
export function noRoom(reason: string, done: string): NeedsHuman {
  return new NeedsHuman('CHECK', `The work folder of LeadOps (DATA_DIR/work) takes no file: ${reason}. ${done}`, {
    todo: 'Make room or give the folder back to the user LeadOps runs as, then press "Try again".',
  });
}
