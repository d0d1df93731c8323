import { LeadOpsError } from '../../pipeline/errors.ts';

/** An answer that came, and cannot be read. */
export class NotJson extends LeadOpsError {
  /** What is wrong with it, without whose answer it is. */
  readonly problem: string;
  constructor(whose: string, problem: string, detail = '') {
    super(`${whose} cannot be read: ${problem}${detail}`);
    this.problem = problem;
  }
}

/** @returns undefined for what is no JSON */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * The body of an answer, where it is JSON.
 * @throws NotJson also for the page of a proxy or a sign-in
 */
export function jsonOf(vendor: string, what: string, text: string): unknown {
  const body = parsed(text);
  if (body !== undefined) return body;
  throw new NotJson(`${vendor}'s answer to ${what}`, 'the answer is not JSON', isPage(text) ? ' but a web page' : '');
}

export const isPage = (text: string): boolean => /^\s*</.test(text);
