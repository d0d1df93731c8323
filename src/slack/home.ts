import { shortId } from '../../pipeline/run.ts';
import { home, homeFailed } from '../../blocks/home.ts';
import type { HomeFacts, RunLine } from '../../blocks/home-facts.ts';
import { isMonth, monthTitle } from '../../pipeline/month.ts';
import { calendarStanding } from '../reports/schedule.ts';
import { intentStanding } from '../reports/intent.ts';
import type { StoredRun } from '../store/runs/row.ts';
import { highestRole, mayAct, roleFor, scopeOf } from '../operations/who-may.ts';
import { everyClient } from '../store/members.ts';
import { linkToCard } from './commands/reply.ts';
import type { SlackDeps } from './deps.ts';
import type { SlackStanding } from './standing.ts';
import { vendorName } from '../../pipeline/vendors.ts';

const day = 86_400_000;
const month = 30 * day;
const worthSayingMs = 3_000;

/** Publishes a person's App Home. */
export async function publishHome(deps: SlackDeps, user: string): Promise<void> {
  const now = new Date();
  const view = await homeFacts(deps, user, now).then(
    (facts) => home(facts, now, deps.clock.now()),
    (error: unknown) => {
      deps.log.warn({ err: error }, 'App Home could not be made');
      return homeFailed('The database does not answer. Runs go on when it is back; nothing is lost.');
    },
  );
  await deps.slack.views.publish({ user_id: user, view });
}

async function homeFacts(deps: SlackDeps, user: string, now: Date): Promise<HomeFacts> {
  const { store } = deps;
  const clients = new Map((await store.clients.all()).map((client) => [client.slug, client]));
  const nameOf = (run: StoredRun) => (run.client ? (clients.get(run.client)?.name ?? run.client) : null);
  const line = async (run: StoredRun, linked: boolean): Promise<RunLine> => ({
    run,
    clientName: nameOf(run),
    link: linked ? await linkToCard(deps, run) : null,
  });
  const open = await store.runs.open();
  const pending = await store.approvals.pending();
  const waiting: HomeFacts['waiting'][number][] = [];
  for (const run of open.filter((one) => one.status === 'waiting')) {
    const role = await roleFor(deps, user, scopeOf(run));
    const theirs = pending.filter((question) => question.runId === run.id && mayAct(role, question.requiredRole));
    if (theirs.length > 0) waiting.push({ ...(await line(run, true)), open: theirs.length });
  }
  const live = await Promise.all(
    open
      .filter((run) => run.status !== 'waiting')
      .slice(0, 8)
      .map((run) => line(run, true)),
  );
  const last = await store.runs.recent({ limit: 200 });
  const recently = last.filter((run) => run.finishedAt && now.getTime() - run.finishedAt.getTime() < month);
  const failures = recently.filter((run) => run.status === 'failed');
  const byType = new Map<string, number>();
  for (const run of failures) byType.set(run.errorType ?? 'UNKNOWN', (byType.get(run.errorType ?? 'UNKNOWN') ?? 0) + 1);
  const calendar = await calendarStanding(deps);
  // Polling and its budget belong to no client.
  const forAll = await roleFor(deps, user, everyClient);
  return {
    role: await highestRole(deps, user),
    waiting,
    live,
    slackAway: awayLately(deps.slackStanding(), now),
    risks: await risksOf(deps, open, now),
    nextDue: calendar.next,
    pauses: calendar.pauses,
    months: (await store.sources.months()).slice(0, 16).map((row) => ({
      clientName: clients.get(row.client)?.name ?? row.client,
      title: isMonth(row.month) ? monthTitle(row.month) : row.month,
      cleaned: row.count,
      target: row.target,
      gap: row.gap,
      reserve: row.reserve,
    })),
    intent: {
      ...(await intentStanding(deps)),
      mayRun: mayAct(forAll, 'operator'),
      mayRaise: mayAct(forAll, 'approver'),
    },
    recentRuns: await Promise.all(
      last
        // Polls have a history of their own.
        .filter((run) => run.finishedAt && run.workflow !== 'intent')
        .slice(0, 8)
        .map((run) => line(run, false)),
    ),
    failed: failures.length,
    finished: recently.length,
    errors: [...byType].map(([type, times]) => ({ type, times })).toSorted((a, b) => b.times - a.times),
  };
}

/** Home can only be published when Slack is back: then it says for a day how long it was away. */
function awayLately({ lastAway }: SlackStanding, now: Date): HomeFacts['slackAway'] {
  if (!lastAway || now.getTime() - lastAway.to.getTime() > day) return null;
  return lastAway.to.getTime() - lastAway.from.getTime() < worthSayingMs ? null : lastAway;
}

/** What will hurt if nobody does anything: closed lanes, runs that stand still, questions about to expire. */
async function risksOf(deps: SlackDeps, open: readonly StoredRun[], now: Date): Promise<string[]> {
  const lanes = (await deps.store.leases.closedLanes()).map(
    (lane) => `${vendorName(lane.vendor)} takes no work until somebody looked: ${lane.reason}`,
  );
  const business = deps.clock.now().getTime();
  const expiring = (await deps.store.approvals.pending()).filter(
    (question) => question.expiresAt.getTime() - business < 2 * 86_400_000,
  );
  const soon = expiring.length > 0 ? [`${expiring.length} open questions expire within two days.`] : [];
  const stuck = open
    .filter(
      (run) => run.status === 'running' && run.startedAt && now.getTime() - run.startedAt.getTime() > 3 * 3_600_000,
    )
    .map((run) => `Run ${shortId(run.id)} has been working for more than three hours.`);
  return [...lanes, ...soon, ...stuck];
}
