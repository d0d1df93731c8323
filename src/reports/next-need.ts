import { count, escaped, moment } from '../../blocks/kit.ts';
import { nextDue } from '../../pipeline/calendar/due-times.ts';
import type { DueKind } from '../../pipeline/calendar/hours.ts';
import { workflowOf } from '../../pipeline/kinds.ts';
import { partsOfLogin } from '../../pipeline/logins.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import type { Store } from '../store/index.ts';

/**
 * What the calendar needs a vendor's login for next, as a sentence in Slack's mrkdwn; null where nothing is planned.
 *
 * @param after business time
 */
export async function nextNeed(
  store: Pick<Store, 'calendar' | 'clients' | 'pauses'>,
  login: string,
  after: Date,
): Promise<string | null> {
  const { site, of } = partsOfLogin(login);
  const kind: DueKind = site === 'zoominfo' ? 'intent' : site === 'bison' ? 'monday' : 'monthly';
  const due = nextDue(kind, after, await store.calendar.hours());
  if (await store.pauses.holding({ workflow: workflowOf[kind], client: null }, due.at)) return null;
  if (kind === 'intent') return `The next poll for buying intent begins ${moment(due.at)}.`;
  const served = (await store.clients.all()).filter((client) => client.active && isServed(client, site, of));
  if (served.length === 0) return null;
  return `The ${kind === 'monday' ? 'next uploads' : 'month’s pulls'} of ${namesOf(served)} begin ${moment(due.at)}.`;
}

function isServed({ states, workspace }: Client, site: string, of: string): boolean {
  if (site === 'cole') return states.includes(of);
  if (site !== 'bison') return true;
  return workspace !== null && (of === '' || workspace.trim().toLowerCase() === of.toLowerCase());
}

/** Names that fit into a sentence. */
const mostNames = 3;

function namesOf(clients: readonly Client[]): string {
  const names = clients.slice(0, mostNames).map(({ name }) => escaped(name));
  const more = clients.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${count(more, 'other client')}` : ''}`;
}
