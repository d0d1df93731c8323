import { escaped } from '../../blocks/kit.ts';
import { findClient, findPageVendor, nearestClient, parseClientAndMonth } from '../../pipeline/command-words.ts';
import { loginOf } from '../../pipeline/logins.ts';
import { parseMonth } from '../../pipeline/month.ts';
import { pageVendors, vendorName, type PageVendor } from '../../pipeline/vendors.ts';
import type { Client, Month } from '../../pipeline/vocabulary.ts';
import { today } from '../clock.ts';
import { sites } from '../store/credentials.ts';
import type { StoredRun } from '../store/runs/row.ts';
import type { Deps } from './deps.ts';
import { Refused } from './refused.ts';

/*
 * What people type after a verb, in Slack as in a shell: what is wrong with it is said in the same words. `what.form` is how
 * the verb is written, `what.nothing` what was not done.
 */

export type Typed = { readonly form: string; readonly nothing: string };

type Looking = { readonly store: Pick<Deps['store'], 'clients'>; readonly clock: Deps['clock'] };

/** @throws Refused where they name no client, or no month */
export async function typedClientAndMonth(
  deps: Looking,
  words: readonly string[],
  what: Typed,
): Promise<{ readonly client: Client; readonly month: Month }> {
  if (words.length === 0) throw wrong('Which client, and which month?', what);
  const parsed = parseClientAndMonth(words, await deps.store.clients.all(), today(deps.clock));
  if (parsed.ok) return parsed;
  if (parsed.problem === 'client') throw wrong(noClient(parsed.typed, parsed.nearest), what);
  if (parsed.typed === '') throw wrong('The renewal month is missing.', what);
  throw noMonth(parsed.typed, what);
}

/** @throws Refused where it is no month */
export function typedMonth({ clock }: Pick<Looking, 'clock'>, typed: string, what: Typed): Month {
  const month = parseMonth(typed, today(clock));
  if (month) return month;
  throw typed === '' ? wrong('The renewal month is missing.', what) : noMonth(typed, what);
}

/** @throws Refused where there is no such client */
export async function typedClient(deps: Pick<Looking, 'store'>, typed: string, what: Typed): Promise<Client> {
  const clients = await deps.store.clients.all();
  const client = findClient(typed, clients);
  if (client) return client;
  throw wrong(noClient(typed, nearestClient(typed, clients)), what);
}

/** Does what was typed; what is refused without saying what to do is answered with the form. */
export async function withForm<T>({ form }: Typed, deed: () => Promise<T>): Promise<T> {
  try {
    return await deed();
  } catch (error) {
    if (error instanceof Refused && error.todo === '') throw new Refused(error.reason, `The form is ${form}.`);
    throw error;
  }
}

/** The start of a run's id. @throws Refused where none or several begin so */
export async function typedRun(
  { store }: { readonly store: Pick<Deps['store'], 'runs'> },
  typed: string | undefined,
  what: Typed,
): Promise<StoredRun> {
  if (typed === undefined || typed.length < 4) throw wrong('Which run? Its id stands at the foot of its card.', what);
  const found = (await store.runs.recent({ limit: 500 })).filter((run) => run.id.startsWith(typed.toLowerCase()));
  const [run, ...more] = found;
  if (run && more.length === 0) return run;
  throw wrong(`There is no run \`${escaped(typed)}\`, or several begin so.`, what);
}

/** A vendor whose lane may close, by its word or by its name. @throws Refused naming those there are */
export function typedPageVendor(typed: string, what: Typed): PageVendor {
  const vendor = findPageVendor(typed);
  if (vendor) return vendor;
  const known = pageVendors.map((word) => `\`${word}\` (${vendorName(word)})`).join(', ');
  throw wrong(`“${escaped(typed)}” is no vendor that can be closed: those are ${known}.`, what);
}

/**
 * A vendor's login by the vendor's word and what it is for: `cole TX`, `bison Lakeside Insurance Group`; or the vendor's word
 * alone, for all of its logins. Null where nothing was typed.
 * @throws Refused naming the vendors there are
 */
export function typedLogin([typed, ...rest]: readonly string[], what: Typed): string | null {
  if (typed === undefined) return null;
  const site = sites.find((one) => one === typed.toLowerCase());
  if (!site) {
    const known = sites.map((word) => `\`${word}\` (${vendorName(word)})`).join(', ');
    throw wrong(`“${escaped(typed)}” is no vendor that has a login: those are ${known}.`, what);
  }
  const of = rest.join(' ');
  return loginOf(site, site === 'cole' ? of.toUpperCase() : of);
}

/** @throws Refused naming the first words with two dashes that this verb does not know */
export function knownFlags(flags: ReadonlySet<string>, known: readonly string[], what: Typed): void {
  const unknown = [...flags].filter((flag) => !known.includes(flag));
  if (unknown.length > 0) {
    throw wrong(`I do not know ${unknown.map((flag) => `\`--${escaped(flag)}\``).join(', ')}.`, what);
  }
}

const noMonth = (typed: string, what: Typed) => wrong(`“${escaped(typed)}” is no month I understand.`, what);

function noClient(typed: string, nearest: Client | null): string {
  const hint = nearest
    ? `Did you mean \`${nearest.slug}\` (${escaped(nearest.name)})?`
    : '`/leadops clients` lists them.';
  return `There is no client “${escaped(typed)}”. ${hint}`;
}

export const wrong = (problem: string, { form, nothing }: Typed): Refused =>
  new Refused(`${problem} ${nothing}`, `The form is ${form}.`);
