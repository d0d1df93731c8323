import { pino, type Logger } from 'pino';

export type Log = Logger;

/**
 * JSON lines on standard error. Ids and counts only: whoever logs a person's row has made a mistake, and the usual
 * places are cut out in case it happens.
 */
export function makeLog(level: string, destination: NodeJS.WritableStream = process.stderr): Log {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          '*.email',
          '*.phone',
          '*.password',
          '*.secret',
          '*.token',
          '*.firstName',
          '*.lastName',
          '*.address',
          'email',
        ],
        censor: '[cut]',
      },
    },
    destination,
  );
}
