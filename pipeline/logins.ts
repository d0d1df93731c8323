import { vendorName } from './vendors.ts';

/*
 * A vendor login is `cole:TX`, `clay`, `bison:Lakeside Insurance Group`: the vendor's word, and what of the vendor it is for.
 * A workspace's name may have colons of its own.
 */

/** @param of a state, a workspace, or empty */
export const loginOf = (site: string, of: string): string => (of === '' ? site : `${site}:${of}`);

export function partsOfLogin(login: string): { readonly site: string; readonly of: string } {
  const colon = login.indexOf(':');
  return colon < 0 ? { site: login, of: '' } : { site: login.slice(0, colon), of: login.slice(colon + 1) };
}

/** `Cole X Dates, TX`. */
export function loginName(login: string): string {
  const { site, of } = partsOfLogin(login);
  return of === '' ? vendorName(site) : `${vendorName(site)}, ${of}`;
}

/** Whether a login is meant by what was asked for: itself, or its vendor's word. */
export const isMeant = (login: string, asked: string): boolean => login === asked || partsOfLogin(login).site === asked;
