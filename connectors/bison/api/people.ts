import type { CampaignRef, Standing, Suppressed } from '../../../pipeline/ports/bison.ts';
import { thingIn, type Person, type Reader } from '../schema.ts';
import { orNull, type Http } from './http.ts';
import { InvalidInput } from '../../../pipeline/errors.ts';
import { everyRow } from './paging.ts';

/** Rows a page of Bison's holds (docs/vendors.md#bison-paging): only to guess which way is shorter. */
const usualPage = 15;

/** Asks for each person, or goes through the whole campaign, whichever is less to ask. */
export async function standing(
  http: Http,
  read: Reader,
  campaign: CampaignRef & { readonly totalLeads: number | null },
  emails: readonly string[],
): Promise<Standing> {
  const wanted = new Set(emails.map((email) => email.trim().toLowerCase()));
  const pages = Math.ceil((campaign.totalLeads ?? Infinity) / usualPage);
  const people = wanted.size <= pages ? await oneByOne(http, read, wanted) : null;
  const there = people
    ? people.filter(({ campaigns }) => campaigns?.has(campaign.id))
    : await inCampaign(http, read, campaign, wanted);
  return {
    there: there.map(({ id }) => id),
    contacted: there.filter(({ campaigns, emailsSent }) => (campaigns?.get(campaign.id) ?? emailsSent) > 0).length,
    absent: wanted.size - there.length,
  };
}

/** `null` where a lead's own page does not say in which campaigns it is. */
async function oneByOne(http: Http, read: Reader, emails: ReadonlySet<string>): Promise<readonly Person[] | null> {
  const people: Person[] = [];
  for (const email of emails) {
    const answer = await orNull(() => http.get(`/leads/${encodeURIComponent(email)}`));
    if (answer === null) continue;
    const person = read.person(thingIn(answer));
    if (person.campaigns === null) return null;
    people.push(person);
  }
  return people;
}

function inCampaign(
  http: Http,
  read: Reader,
  { id }: CampaignRef,
  emails: ReadonlySet<string>,
): Promise<readonly Person[]> {
  return everyRow(http, `/campaigns/${encodeURIComponent(id)}/leads`, {}, (row) => {
    const person = read.person(row);
    return emails.has(person.email) ? [person] : [];
  });
}

/**
 * Everybody in the workspace who unsubscribed or whose mail bounced. An instance may ignore a filter, so each lead's own
 * status decides. `null` where it has no listing of leads.
 */
export async function suppressed(http: Http, read: Reader): Promise<Suppressed | null> {
  return orNull(() => unwelcome(http, read));
}

async function unwelcome(http: Http, read: Reader): Promise<Suppressed> {
  const found = { unsubscribed: new Set<string>(), bounced: new Set<string>() };
  const sort = (row: unknown): readonly never[] => {
    const { email, status } = read.person(row);
    if (status === 'unsubscribed' || status === 'bounced') found[status].add(email);
    return [];
  };
  for (const status of ['unsubscribed', 'bounced'] as const) {
    const query = { 'filters[verification_statuses][]': status };
    await everyRow(http, '/leads', query, sort).catch(async (error: unknown) => {
      // It does not know the filter: then all of them are looked at.
      if (!(error instanceof InvalidInput)) throw error;
      await everyRow(http, '/leads', {}, sort);
    });
  }
  return { unsubscribed: [...found.unsubscribed], bounced: [...found.bounced] };
}
