import { budgetLine } from '../../blocks/intent/words.ts';
import { dueWords } from '../../blocks/due-words.ts';
import { escaped, moment } from '../../blocks/kit.ts';
import { pauseLine, pausedTitle } from '../../blocks/pauses.ts';
import { runSentence } from '../../blocks/run-card.ts';
import { zoneTime } from '../../blocks/schedule.ts';
import { nextDue } from '../../pipeline/calendar/due-times.ts';
import type { DueKind } from '../../pipeline/calendar/hours.ts';
import { workflowOf } from '../../pipeline/kinds.ts';
import { dueKindsOf, holds, pauseScopeOf, scopeWord } from '../../pipeline/pause-scope.ts';
import { isLive, shortId } from '../../pipeline/run.ts';
import { vendorName } from '../../pipeline/vendors.ts';
import { pausedName } from '../operations/paused.ts';
import type { Target } from '../operations/typed-pause.ts';
import { holderWords } from '../runs/holder.ts';
import type { StoredDueTime } from '../store/calendar.ts';
import type { StoredRun } from '../store/runs/row.ts';
import { standingAt } from '../watcher/overdue.ts';
import { whyOff } from './schedule.ts';
import type { WhyReading } from './why-reading.ts';
import { whyRunLines } from './why-run.ts';

/** Runs that are looked at for the last one of a client or a workflow, and live ones that are shown. */
const looked = 200;
const shown = 5;

/**
 * Why nothing happened, or happens, for a client, a kind of run, or at all. The first line is the answer in a sentence; the
 * others are what it rests on.
 */
export async function whyNotLines(reading: WhyReading, target: Target): Promise<string[]> {
  const { store, clock } = reading;
  const scope = { client: target.client?.slug ?? null, workflow: target.workflow };
  const now = clock.now();
  const title = escaped(pausedTitle(scope, target.client?.name ?? null));
  const pauses = await pausesOver(reading, scope, now);
  const recent = (await store.runs.recent({ limit: looked, ...(scope.client && { client: scope.client }) })).filter(
    (run) => !run.dryRun && isOf(run, scope),
  );
  const live = (await store.runs.open()).filter((run) => !run.dryRun && isOf(run, scope));
  const lived = await Promise.all(live.slice(0, shown).map((run) => whyRunLines(reading, run)));
  const calendar = await calendarLines(reading, dueKindsOf(scope), now);
  const lanes = (await store.leases.closedLanes()).map(
    (lane) => `⛔ ${vendorName(lane.vendor)} takes no work until somebody looked: ${escaped(lane.reason)}`,
  );
  const last = recent.find((run) => !isLive(run));
  const failed =
    last?.status === 'failed' ? `${title}: ${escaped(runSentence(last, target.client?.name ?? null))}` : undefined;
  const inactive = target.client?.active === false ? `*${title}* is not active: nothing is started for it.` : undefined;
  const answer =
    inactive ??
    pauses[0] ??
    lived[0]?.[0] ??
    calendar.trouble ??
    lanes[0] ??
    failed ??
    `Nothing stands in the way of *${title}*. ${calendar.next ?? 'Nothing of it is planned.'}`;
  return [
    answer,
    ...pauses.filter((line) => line !== answer),
    ...lived.flat().filter((line) => line !== answer),
    ...calendar.lines.filter((line) => line !== answer),
    ...(await budget(reading, scope)),
    ...lanes.filter((line) => line !== answer),
    ...(last
      ? [
          `Last run over: ${escaped(runSentence(last, target.client?.name ?? null))} ${moment(last.askedAt)} · \`${shortId(last.id)}\``,
        ]
      : []),
  ];
}

type Scope = Pick<Parameters<typeof scopeWord>[0], 'client' | 'workflow'>;

/** A run of the client, of the kind, or (both are null) any. */
function isOf(run: StoredRun, scope: Scope): boolean {
  const as = pauseScopeOf(run) ?? { workflow: run.workflow, client: run.client };
  return (scope.workflow !== null && run.workflow === scope.workflow) || holds(scope, as);
}

async function pausesOver({ store }: WhyReading, scope: Scope, now: Date): Promise<string[]> {
  const kinds = dueKindsOf(scope);
  const open = (await store.pauses.open()).filter((pause) => {
    const { client, workflow, until } = pause;
    if (until !== null && until <= now) return false;
    // A pause of one client does not explain why a workflow, or all, does nothing.
    if (client !== null) return client === scope.client;
    if (workflow === null || scope.workflow !== null) return workflow === null || workflow === scope.workflow;
    // Of a client what is paused for every client, where the client has a part in it.
    return dueKindsOf(pause).some((kind) => kinds.includes(kind));
  });
  return Promise.all(
    open.map(
      async (pause) =>
        `⏸️ ${pauseLine(pause, await pausedName(store, pause))} \`/leadops resume ${scopeWord(pause)}\` ends it.`,
    ),
  );
}

const becameWords: Readonly<Record<StoredDueTime['state'], string>> = {
  due: 'has not started',
  started: 'was started',
  covered: 'was done by a run that was live already',
  missed: 'was missed: nothing ran then, and it was too late to begin',
  off: 'started nothing: it was not set up',
  paused: 'was passed over: it was paused',
};

/** When each kind is due next, what became of the last one, and when the calendar was looked at. */
async function calendarLines(
  reading: WhyReading,
  kinds: readonly DueKind[],
  now: Date,
): Promise<{
  readonly lines: readonly string[];
  readonly trouble: string | undefined;
  readonly next: string | undefined;
}> {
  const { store } = reading;
  const hours = await store.calendar.hours();
  const { overdue, lastTick } = await standingAt(store.calendar, kinds, now);
  const rows = await store.calendar.recent(looked);
  const lines: string[] = [];
  const troubles = overdue.map((due) => {
    const who = due.claimedBy === null ? 'no process has taken it' : `${escaped(holderWords(due.claimedBy))} took it`;
    return `🚨 *${dueWords(due)}* was due ${moment(due.at)} and did not start: ${who}.`;
  });
  lines.push(...troubles);
  let next: string | undefined;
  for (const kind of kinds) {
    const due = nextDue(kind, now, hours);
    const off = await whyOff(reading, kind);
    const line = `Next: *${dueWords(due)}*, ${moment(due.at)} (${zoneTime(due)})`;
    lines.push(off === null ? `${line}.` : `${line}, which would start nothing: ${off}.`);
    next ??= `${line}.`;
    if (off !== null) troubles.push(`*${dueWords(due)}* would start nothing: ${off}.`);
    const last = rows.find((row) => row.kind === kind && row.at <= now);
    if (!last) continue;
    const run = last.runId === null ? '' : ` (run \`${shortId(last.runId)}\`)`;
    const said = `Last: *${dueWords(last)}*, due ${moment(last.at)}, ${becameWords[last.state]}${run}.`;
    lines.push(said);
    if (last.state === 'missed' || last.state === 'paused') troubles.push(said);
  }
  lines.push(
    lastTick === null
      ? 'Nobody has ever looked at the calendar here.'
      : `The calendar was looked at last ${moment(lastTick)}.`,
  );
  return { lines, trouble: troubles[0], next };
}

async function budget({ store, clock, intentConfig }: WhyReading, { client, workflow }: Scope): Promise<string[]> {
  if (client !== null || (workflow !== null && workflow !== workflowOf.intent)) return [];
  return [`Credits: ${budgetLine(await store.credits(clock).budget(intentConfig.weeklyCap))}`];
}
