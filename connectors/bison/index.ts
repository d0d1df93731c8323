/**
 * Email Bison: one port (`pipeline/ports/bison.ts`), reached through the API or the web pages. See the README beside
 * this.
 */
export { makeBisonApi, type BisonApiOptions } from './api/index.ts';
export { makeBisonWeb, type BisonWebOptions, type WebLogin } from './web/index.ts';
