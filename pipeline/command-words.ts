import { distance } from 'fastest-levenshtein';
import { parseMonth } from './month.ts';
import { pageVendors, vendorName, type PageVendor } from './vendors.ts';
import type { Client, Day, Month } from './vocabulary.ts';

export type Words = { readonly words: readonly string[]; readonly flags: ReadonlySet<string> };

/** `lakeside 2027-03 --dry-run` → words and flags. Dashes that a phone's keyboard made long are dashes. */
export function splitWords(text: string): Words {
  const all = text
    .trim()
    .replaceAll(/(^|\s)[—–]/g, '$1--')
    .split(/\s+/)
    .filter((word) => word !== '');
  return {
    words: all.filter((word) => !word.startsWith('--')),
    flags: new Set(all.filter((word) => word.startsWith('--')).map((word) => word.slice(2).toLowerCase())),
  };
}

export type ClientAndMonth =
  | { readonly ok: true; readonly client: Client; readonly month: Month }
  | { readonly ok: false; readonly problem: 'client'; readonly typed: string; readonly nearest: Client | null }
  | { readonly ok: false; readonly problem: 'month'; readonly client: Client; readonly typed: string };

/**
 * `lakeside 2027-03`, `Lakeside Insurance March 2027`, `lakeside dec`: the client first, by slug or name, then the
 * month.
 */
export function parseClientAndMonth(words: readonly string[], clients: readonly Client[], today: Day): ClientAndMonth {
  for (const monthWords of [2, 1]) {
    if (words.length <= monthWords) continue;
    const month = parseMonth(words.slice(-monthWords).join(' '), today);
    if (!month) continue;
    const typed = words.slice(0, -monthWords).join(' ');
    const client = findClient(typed, clients);
    return client
      ? { ok: true, client, month }
      : { ok: false, problem: 'client', typed, nearest: nearestClient(typed, clients) };
  }
  // No month in it: find the client in as many leading words as possible, what is left was meant as the month.
  for (let length = words.length; length > 0; length -= 1) {
    const client = findClient(words.slice(0, length).join(' '), clients);
    if (client) return { ok: false, problem: 'month', client, typed: words.slice(length).join(' ') };
  }
  const typed = words[0] ?? '';
  return { ok: false, problem: 'client', typed, nearest: nearestClient(typed, clients) };
}

/** By slug or name, case and spaces aside. */
export function findClient(typed: string, clients: readonly Client[]): Client | undefined {
  const wanted = plain(typed);
  return clients.find((client) => plain(client.slug) === wanted || plain(client.name) === wanted);
}

/** By word or name: `cole`, `Cole X Dates`. */
export function findPageVendor(typed: string): PageVendor | undefined {
  const wanted = plain(typed);
  return pageVendors.find((word) => plain(word) === wanted || plain(vendorName(word)) === wanted);
}

/** The client whose slug or name is nearest to what was typed; null where nothing is near. */
export function nearestClient(typed: string, clients: readonly Client[]): Client | null {
  const wanted = plain(typed);
  const [best] = clients
    .flatMap((client) =>
      [client.slug, client.name, client.name.split(' ')[0] ?? ''].map((name) => ({
        client,
        far: distance(wanted, plain(name)) / Math.max(wanted.length, plain(name).length, 1),
      })),
    )
    .toSorted((a, b) => a.far - b.far);
  return best && best.far <= 0.5 ? best.client : null;
}

const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
