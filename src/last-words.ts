import { errorForLog, errorWords } from '../pipeline/error-words.ts';
import { LeadOpsError } from '../pipeline/errors.ts';

/** What a process that cannot go on says: what is wrong and what to do; where it was, when nobody foresaw it. */
export function lastWords(error: unknown): string {
  const { message, todo } = errorWords(error);
  if (todo !== undefined) return `${message}\n${todo}`;
  return error instanceof LeadOpsError ? message : [message, ...errorForLog(error).at].join('\n  at ');
}
