/** Email Bison: two doors to one port (`pipeline/ports/bison.ts`). See the README beside this. */
export { makeBisonApi, type BisonApiOptions } from './api/index.ts';
export { makeBisonWeb, type BisonWebOptions, type WebLogin } from './web/index.ts';
