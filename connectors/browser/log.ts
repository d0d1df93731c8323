import type { Logger } from 'pino';

/** Where connectors say what they did; never what a page or a person said. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;
