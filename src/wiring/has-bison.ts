import type { CliConfig } from '../config.ts';
import type { Store } from '../store/index.ts';

/** Whether Email Bison can be reached at all: an address and somebody to be there. */
export async function hasBison(
  store: Pick<Store, 'credentials'>,
  config: Pick<CliConfig, 'BISON_URL'>,
): Promise<boolean> {
  if (config.BISON_URL === undefined) return false;
  return (await store.credentials.list()).some(({ site }) => site === 'bison');
}
