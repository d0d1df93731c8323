/**
 * Email Bison: one port (`pipeline/ports/bison.ts`), reached through the API or the web pages. See the README beside
 * this.
 */
export { makeBisonApi } from './api/index.ts';
export { makeBisonWeb } from './web/index.ts';
