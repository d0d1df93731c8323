import { formatInTimeZone } from 'date-fns-tz';
import { agencyDay } from '../../calendar/agency-day.ts';
import { agencyZone } from '../../calendar/hours.ts';
import { windowDueOn } from '../../renewal.ts';
import type { Client, Day, RenewalWindow } from '../../vocabulary.ts';
import type { Run } from '../../run.ts';
import type { Using } from '../../ports/using.ts';
import type { InStep, RunContext, Workflow } from '../../workflow.ts';
import { count } from '../../counting.ts';
import { monthsDue, openWindows, windowsToAttach } from '../../uploads/due.ts';
import type { WeeklyClient, WeeklyFacts } from '../../uploads/facts.ts';
import { kinds } from '../../kinds.ts';
import { isSettled, settle } from '../settle.ts';
import { previewWeek, type WeekPreviewPorts } from './preview.ts';

export type WeeklyPorts = WeekPreviewPorts &
  Using<{
    clients: 'all';
    uploads: 'waiting';
    evergreen: 'unattached' | 'holder';
    children: true;
    pauses: 'holding' | 'passOver';
    notices: 'facts' | 'mondayDone';
    settings: 'sync';
  }>;

/**
 * Monday: PT4 for every client whose month has begun to be due, then PT5 with every due window, oldest first. Each is a run of
 * its own: what one client's needs or breaks stops nobody else. The Monday sleeps meanwhile.
 */
export const weekly: Workflow<'weekly', Client | null, WeeklyPorts> = async (context, args) => {
  const { run, ports, step } = context;
  const due = windowDueOn(args.monday);
  const clients = await step('clients', async () =>
    (await ports.clients.all()).filter(({ active, slug }) => active && (args.clients?.includes(slug) ?? true)),
  );
  let facts: WeeklyFacts = {
    monday: args.monday,
    due,
    clients: clients.map(({ slug, name, workspace }) => ({
      slug,
      name,
      uploads: [],
      windows: [],
      notes: workspace === null ? ['has no workspace at Email Bison (clients’ YAML): nothing was sent'] : [],
    })),
    settled: false,
    preview: [],
  };
  const served = clients.filter(({ workspace }) => workspace !== null);
  if (run.dryRun) {
    const preview = await step('preview', () => previewWeek(context, served, args));
    facts = { ...facts, preview: [...preview], settled: true };
    return { outcome: 'This is what it would do. Nothing was touched.', weekly: facts };
  }
  const tell: Tell = async (name, slug, more) => {
    facts = { ...facts, clients: facts.clients.map((one) => (one.slug === slug ? more(one) : one)) };
    await step(name, () => ports.notices.facts(run.id, { weekly: facts }));
  };

  const isPaused = (slug: string, workflow: 'upload' | 'evergreen') =>
    heldBack(context, args, { slug, workflow }, tell);

  if (args.uploads) {
    for (const client of served) {
      if (await isPaused(client.slug, 'upload')) continue;
      const uploads = await step(`uploads of ${client.slug}`, () => startUploads(context, client, args.monday));
      await tell(`tell the uploads of ${client.slug}`, client.slug, (one) => ({ ...one, uploads }));
    }
    const started = facts.clients.flatMap(({ uploads }) => uploads.map((one) => one.run));
    await settle(context, { phase: 'Uploads', name: 'Uploads settled 1', ids: started }, isDone);
  }

  const attached: Client[] = [];
  for (const client of served) if (!(await isPaused(client.slug, 'evergreen'))) attached.push(client);
  const queues = await step('windows', async () => {
    const all: { slug: string; windows: readonly RenewalWindow[] }[] = [];
    for (const { slug } of attached) {
      const unattached = (await ports.evergreen.unattached(slug)).map(({ window }) => window);
      all.push({ slug, windows: windowsToAttach(args.monday, unattached) });
    }
    return all;
  });
  const longest = Math.max(0, ...queues.map(({ windows }) => windows.length));
  for (let turn = 0; turn < longest; turn += 1) {
    const started: string[] = [];
    for (const { slug, windows } of queues) {
      const window = windows[turn];
      if (!window) continue;
      const child = await step(`window ${window.start} of ${slug}`, () =>
        ports.children.start({
          workflow: 'evergreen',
          client: slug,
          month: window.month,
          key: kinds.evergreen.key({ client: slug, window }),
          args: { window: window.start },
        }),
      );
      started.push(child);
      await tell(`tell window ${window.start} of ${slug}`, slug, (one) => ({
        ...one,
        windows: [...one.windows, { window, run: child }],
      }));
    }
    await settle(context, { phase: 'Evergreen', name: `Evergreen settled ${turn + 1}`, ids: started }, isDone);
  }
  facts = { ...facts, settled: true };
  await step('tell the end', () => ports.notices.facts(run.id, { weekly: facts }));
  await step('say that it is done', () => ports.notices.mondayDone(run.id));
  return { outcome: outcomeOf(facts, longest), weekly: facts };
};

/** Changes what the run knows of a client, and shows it. */
type Tell = (name: string, slug: string, more: (client: WeeklyClient) => WeeklyClient) => Promise<void>;
type Part = { readonly slug: string; readonly workflow: 'upload' | 'evergreen' };

/** Whether a client's part of the Monday is paused; its card says that it was passed over. */
async function heldBack(
  context: RunContext<Client | null, WeeklyPorts>,
  args: { readonly monday: Day; readonly uploads: boolean },
  { slug, workflow }: Part,
  tell: Tell,
): Promise<boolean> {
  const note = await context.step(`pause of ${workflow} of ${slug}`, () =>
    passOverPaused(context, args, slug, workflow),
  );
  if (note === null) return false;
  await tell(`tell the pause of ${workflow} of ${slug}`, slug, (one) => ({ ...one, notes: [...one.notes, note] }));
  return true;
}

/**
 * What is said of a client's part that is paused and therefore passed over; null where nothing holds it back. A part of the
 * whole Monday is offered when the pause ends.
 */
async function passOverPaused(
  { ports, now }: InStep<Client | null, WeeklyPorts>,
  { monday, uploads }: { readonly monday: Day; readonly uploads: boolean },
  client: string,
  workflow: 'upload' | 'evergreen',
): Promise<string | null> {
  const pause = await ports.pauses.holding({ workflow, client }, now);
  if (!pause) return null;
  if (uploads) await ports.pauses.passOver(pause.id, { kind: 'monday', day: monday }, client);
  const until =
    pause.until === null
      ? ''
      : ` until ${formatInTimeZone(pause.until, agencyZone, 'EEE, MMM d, yyyy, H:mm')} in Chicago`;
  return `${workflow === 'upload' ? 'PT4' : 'PT5'} was passed over: it is paused${until} (${pause.reason})`;
}

/** Months whose first Monday was today, whatever waits; of earlier ones only where leads came since. */
async function startUploads(
  { ports, now }: InStep<Client | null, WeeklyPorts>,
  client: Client,
  monday: Day,
): Promise<WeeklyClient['uploads']> {
  const started: WeeklyClient['uploads'] = [];
  for (const { month, first } of monthsDue(monday)) {
    const open = new Set<number>(openWindows(month, agencyDay(now)).map(({ index }) => index));
    const waiting = (await ports.uploads.waiting({ client: client.slug, month })).filter((lead) =>
      open.has(lead.windowNo),
    );
    if (!first && waiting.length === 0) continue;
    const run = await ports.children.start({
      workflow: 'upload',
      client: client.slug,
      month,
      key: kinds.upload.key({ client: client.slug, month }),
      args: {},
    });
    started.push({ month, run });
  }
  return started;
}

/**
 * Whether a run is over or waits for a person: for an answer of its own, or asleep until another window of its client,
 * which waits for one, is done.
 */
async function isDone({ ports }: Pick<InStep<Client | null, WeeklyPorts>, 'ports'>, run: Run): Promise<boolean> {
  const { id, workflow, client, status, wakeAt } = run;
  if (isSettled(run)) return true;
  if (status !== 'queued' || wakeAt === null || workflow !== 'evergreen' || client === null) return false;
  const holder = await ports.evergreen.holder(client);
  if (holder === null || holder === id) return false;
  const [other] = await ports.children.all([holder]);
  return other?.status === 'waiting';
}

/** A window may wait for a person beyond this run's end: what became of each is said beside it, and stays true. */
function outcomeOf({ clients, due }: WeeklyFacts, longest: number): string {
  const runs = clients.reduce((sum, { windows }) => sum + windows.length, 0);
  if (runs > 0)
    return `${count(runs, 'window')} for ${count(clients.length, 'client')}; what became of each stands below.`;
  return due === null && longest === 0 ? 'No renewal window is due on this Monday.' : 'There was nothing to attach.';
}
