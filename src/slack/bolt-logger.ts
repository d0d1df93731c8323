import { LogLevel, type Logger } from '@slack/bolt';
import type { Log } from '../log.ts';

/** Bolt's log lines in ours. Its debug lines hold payloads, and people's words with them: they are left out. */
export function boltLogger(log: Log): Logger {
  const line = (words: unknown[]) =>
    words.map((word) => (word instanceof Error ? word.message : String(word))).join(' ');
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
