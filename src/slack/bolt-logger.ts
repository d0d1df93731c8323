import { LogLevel, type Logger } from '@slack/bolt';
import { errorWords, isError } from '../../pipeline/error-words.ts';
import { quotable } from '../../pipeline/scrub.ts';
import type { Log } from '../log.ts';

/**
 * Bolt's log lines in ours. Its debug lines hold payloads, and people's words with them: they are left out; the others are
 * somebody else's words, and are quoted as such.
 */
export function boltLogger(log: Log): Logger {
  const line = (words: unknown[]) =>
    quotable(words.map((word) => (isError(word) ? errorWords(word).message : String(word))).join(' '), 500);
  return {
    debug: () => undefined,
    info: (...words: unknown[]) => log.debug(line(words)),
    warn: (...words: unknown[]) => log.warn(line(words)),
    error: (...words: unknown[]) => log.error(line(words)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
