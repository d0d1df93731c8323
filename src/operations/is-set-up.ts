import type { CliConfig } from '../config.ts';
import type { Store } from '../store/index.ts';

/** Whether there is a login for ZoomInfo, in the settings or stored: without one the calendar polls nothing. */
export async function hasZoominfoLogin(
  store: Pick<Store, 'credentials'>,
  config: Pick<CliConfig, 'ZOOMINFO_CLIENT_ID' | 'ZOOMINFO_CLIENT_SECRET'>,
): Promise<boolean> {
  if (config.ZOOMINFO_CLIENT_ID && config.ZOOMINFO_CLIENT_SECRET) return true;
  return (await store.credentials.list()).some(({ site }) => site === 'zoominfo');
}

/** Whether Email Bison can be reached at all: an address and somebody to be there. */
export async function hasBison(
  store: Pick<Store, 'credentials'>,
  config: Pick<CliConfig, 'BISON_URL'>,
): Promise<boolean> {
  if (config.BISON_URL === undefined) return false;
  return (await store.credentials.list()).some(({ site }) => site === 'bison');
}

/** Whether there is anybody to pull leads for, and a login to pull them with. */
export async function hasPulls(store: Pick<Store, 'credentials' | 'clients'>): Promise<boolean> {
  if (!(await store.clients.all()).some(({ active }) => active)) return false;
  return (await store.credentials.list()).some(({ site }) => site === 'cole');
}
