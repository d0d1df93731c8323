import type { MonthLine } from '../../blocks/monthly/line.ts';
import { factsOf } from '../../pipeline/kinds.ts';
import { payloadOf } from '../../pipeline/questions.ts';
import type { Run } from '../../pipeline/run.ts';
import type { Called, Day } from '../../pipeline/vocabulary.ts';
import { asBusinessTime, today, type Clock } from '../clock.ts';
import type { Store } from '../store/index.ts';
import { approversAmong } from '../store/members.ts';

type Reading = Pick<Store, 'runs' | 'clients' | 'approvals' | 'credentials'>;

/**
 * How each client of a month's pulls stands: by its newest pull of that month, whoever asked for it, so that what is done
 * later corrects the line. A dry run's lines are those of its own runs.
 *
 * @param clock who is away on its day is not called
 */
export async function monthLines(store: Reading, clock: Clock, run: Run): Promise<MonthLine[]> {
  const facts = factsOf('monthly', run)?.monthly;
  if (!facts) return [];
  const day = today(clock);
  const own = facts.clients.flatMap((one) => (one.run === null ? [] : [one.run]));
  const pulls = run.dryRun ? await store.runs.some(own) : await store.runs.pullsOf(facts.month);
  const clients = new Map((await store.clients.all()).map((client) => [client.slug, client]));
  const lines: MonthLine[] = [];
  const onDuty = pulls.some(({ status }) => status === 'waiting') ? await store.clients.onDuty(day) : [];
  for (const { slug, name, paused, note, run: started } of facts.clients) {
    const newest = pulls.find(({ client }) => client === slug) ?? null;
    // What was there before it was passed over is not this month's pull.
    const pull = newest && started === null && newest.createdAt < run.createdAt ? null : newest;
    const called =
      pull?.status === 'waiting' ? ((await ownerOf(store, day, pull)) ?? approversAmong(onDuty, slug)) : [];
    const channel = pull?.channel ?? (clients.get(slug)?.channel || null);
    const shown = pull && { ...pull, wakeAt: pull.wakeAt && asBusinessTime(clock, pull.wakeAt) };
    lines.push({ name: clients.get(slug)?.name ?? name, paused, note, run: shown, channel, called });
  }
  return lines;
}

/** Whose login a waiting run is about, or who stands in for them; null where it is about none, or one without an owner. */
async function ownerOf(store: Reading, day: Day, run: Run): Promise<Called[] | null> {
  if (run.errorType === null) return null;
  const open = (await store.approvals.ofRun(run.id)).find(({ state, kind }) => state === 'pending' && kind === 'human');
  const login = open && payloadOf('human', open)?.login;
  if (login === undefined) return null;
  const [site, state = ''] = login.split(':');
  const owner = (await store.credentials.list()).find((one) => one.site === site && one.state === state)?.owner;
  if (!owner) return null;
  const acting = await store.clients.actingFor(owner, day);
  return [{ slackId: acting, insteadOf: acting === owner ? null : owner }];
}
