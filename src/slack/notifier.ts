import { Unexpected } from '../../pipeline/errors.ts';
import { announcement } from '../../blocks/announcements.ts';
import { gapReport } from '../../blocks/gap-report.ts';
import { calledWords, context, duration, moment, section, type Message } from '../../blocks/kit.ts';
import { runCard, runTitle } from '../../blocks/run-card.ts';
import { uploadAdditions } from '../../blocks/uploads/card.ts';
import { GapFacts } from '../../pipeline/gap-report.ts';
import type { Notices } from '../../pipeline/ports/index.ts';
import type { Run } from '../../pipeline/run.ts';
import { today, type Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/index.ts';
import { ownerCards } from './owner-cards.ts';
import type { StoredRun } from '../store/runs/row.ts';
import { makeIntentNotes, type IntentNotes } from './intent-notes.ts';
import { purposes } from './purposes.ts';
import { makeUploadNotes, type UploadNotes } from './upload-notes.ts';

export type Notifier = Notices &
  Pick<IntentNotes, 'missedPoll'> &
  Pick<UploadNotes, 'missedMonday'> & {
    /** The card follows the run. Never throws: Slack and its rows must not fail a run. */
    card(run: Run): Promise<void>;
    /** Where a run may be seen, best first; empty only where nobody is named in the settings. */
    places(run: Run): Promise<readonly string[]>;
    /** The gap report again, after a decision. */
    refreshGap(runId: string): Promise<void>;
    /** The calendar's run began later than it should have. */
    late(runId: string, due: Date, lateMs: number): Promise<void>;
  };

/** Slack's ids of channels, direct messages and people, or a channel's name as settings may have it. */
const isPlace = /^(#?[a-z0-9._-]+|[A-Z0-9]+)$/;

/** What an upload did is in its lists: the phases say it once more. */
const withoutPhases = (run: Run): Run =>
  run.status === 'success' && ['upload', 'evergreen'].includes(run.workflow) ? { ...run, progress: {} } : run;

/** Says what Slack should show; the outbox delivers it. */
export function makeNotifier(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** The first admin: who is told what has no owner. */
  readonly admin: string | null;
  /** Where the messages of a run without a channel and without a client go, by its workflow. */
  readonly channels: (workflow: string) => string | null;
  /** A message changed: the outbox of this process, if it has one, looks at once. */
  readonly nudge: () => void;
}): Notifier {
  const { store, log, nudge } = parts;

  async function want(run: Run, purpose: string, channel: string, message: Message, under?: string) {
    await store.messages.want({ runId: run.id, purpose, channel, ...message, ...(under && { under }) });
    nudge();
  }

  async function runOf(runId: string): Promise<StoredRun> {
    const run = await store.runs.get(runId);
    if (!run) throw new Unexpected(`There is no run ${runId}.`);
    return run;
  }

  const clientOf = async (run: Run) => (run.client ? await store.clients.get(run.client) : null);

  /** Where the command was typed; the client's channel; the workflow's; who asked; the first admin. */
  const placesOf = (run: Run, client: { readonly channel: string } | null): readonly string[] =>
    [run.channel, client?.channel, parts.channels(run.workflow), run.requestedBy, parts.admin].flatMap((place) =>
      // An empty channel is none, and not everybody who asks is a person in Slack.
      place && isPlace.test(place) ? [place] : [],
    );
  const channelOf = (run: Run, client: { readonly channel: string } | null) => placesOf(run, client)[0] ?? null;
  /** What the client's people should read; where the client has no channel, where the run is seen. */
  const clientChannel = (run: Run, client: { readonly channel: string }) =>
    client.channel || (channelOf(run, client) ?? 'unknown');

  async function drawGap(run: Run, facts: GapFacts) {
    const client = await clientOf(run);
    if (!client) return;
    const suggestions = (await store.approvals.ofRun(run.id)).filter((row) => row.kind === 'suggestion');
    const approvedNow = suggestions.some((one) => one.round === `gap ${facts.round}` && one.state === 'approved');
    const message = gapReport({
      runId: run.id,
      clientName: client.name,
      facts,
      suggestions,
      working: approvedNow && ['queued', 'running', 'waiting'].includes(run.status),
      over: ['success', 'failed', 'canceled', 'skipped'].includes(run.status),
    });
    await want(run, purposes.gap, clientChannel(run, client), message);
  }

  const intent = makeIntentNotes({
    store,
    clock: parts.clock,
    want,
    runOf,
    channelOf: (run) => channelOf(run, null),
    channel: parts.channels('intent'),
    nudge,
  });

  const uploads = makeUploadNotes({
    store,
    clock: parts.clock,
    want,
    runOf,
    clientOf,
    channelOf,
    channel: parts.channels('weekly'),
    redraw: (run) => card(run),
    nudge,
  });

  async function draw(run: Run, channel: string, clientName: string | null) {
    if (run.workflow === 'intent') return want(run, purposes.card, channel, await intent.intentCard(run));
    const questions =
      run.status === 'waiting'
        ? (await store.approvals.ofRun(run.id)).filter((row) => row.state === 'pending' && row.kind !== 'suggestion')
        : [];
    const message =
      run.workflow === 'weekly'
        ? await uploads.mondayCard(run)
        : runCard(withoutPhases(run), clientName, new Date(), questions, uploadAdditions(run));
    await want(run, purposes.card, channel, message);
  }

  async function card(run: Run): Promise<void> {
    try {
      const client = await clientOf(run);
      const channel = channelOf(run, client);
      if (!channel) return;
      await draw(run, channel, client?.name ?? null);
      // While a run works nothing about its questions changes, and its card is drawn every second.
      if (run.status !== 'running') {
        for (const card of await ownerCards(store, run, client?.name ?? null, parts.admin, today(parts.clock))) {
          await want(run, card.purpose, card.owner, card.message);
        }
      }
      // The report's buttons go when the run is over, and its words change when a top-up starts.
      const facts = GapFacts.safeParse(run.summary.gapFacts);
      if (facts.success && run.status !== 'running') await drawGap(run, facts.data);
      // A mail sent again is another run's: that one's card says where its batch stands.
      if (run.workflow === 'intent-send' && run.parent) {
        const origin = await runOf(run.parent);
        await want(origin, purposes.card, channelOf(origin, null) ?? channel, await intent.intentCard(origin));
      }
      await uploads.follow(run);
    } catch (error) {
      log.warn({ run: run.id, err: error }, 'the card could not be drawn; the next change draws it');
    }
  }

  async function toApprovers(client: string, text: string): Promise<string> {
    const called = await store.clients.approversOf(client, today(parts.clock));
    return `${called.map(calledWords).join(' ')} ${text}`.trim();
  }

  return {
    ...intent,
    ...uploads,
    card,
    places: async (run) => placesOf(run, await clientOf(run)),

    async late(runId, due, lateMs) {
      const text = `⏰ This was due ${moment(due)} and began ${duration(lateMs)} late: nothing was running then.`;
      const run = await runOf(runId);
      const channel = channelOf(run, await clientOf(run));
      if (channel) await want(run, 'thread: late', channel, { text, blocks: [section(text)] }, purposes.card);
    },

    async refreshGap(runId) {
      const run = await runOf(runId);
      const facts = GapFacts.safeParse(run.summary.gapFacts);
      if (facts.success) await drawGap(run, facts.data);
    },

    async announce(runId, message) {
      const run = await runOf(runId);
      const client = await clientOf(run);
      if (client) await want(run, message.kind, clientChannel(run, client), announcement(message, run, client.name));
    },

    async note(runId, purpose, text) {
      const run = await runOf(runId);
      const channel = channelOf(run, await clientOf(run));
      if (channel) await want(run, `thread: ${purpose}`, channel, { text, blocks: [section(text)] }, purposes.card);
    },

    async gapReport(runId, facts) {
      await store.runs.mergeSummary(runId, { gapFacts: facts });
      await drawGap(await runOf(runId), facts);
    },

    async facts(runId, facts) {
      await store.runs.mergeSummary(runId, facts);
    },

    async callToReport(runId, purpose, text) {
      const run = await runOf(runId);
      const client = await clientOf(run);
      if (!client) return;
      const line = await toApprovers(client.slug, text);
      await want(
        run,
        `thread: ${purpose}`,
        clientChannel(run, client),
        { text: line, blocks: [section(line)] },
        purposes.gap,
      );
    },

    async tellApprovers(runId, purpose, text) {
      const run = await runOf(runId);
      const client = await clientOf(run);
      if (!client) return;
      const line = await toApprovers(client.slug, text);
      const blocks = [section(line), context(`${runTitle(run, client.name)} · run \`${run.id.slice(0, 8)}\``)];
      await want(run, purpose, clientChannel(run, client), { text: line, blocks });
    },
  };
}
