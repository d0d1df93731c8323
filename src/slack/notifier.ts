import { Unexpected } from '../../pipeline/errors.ts';
import { announcement } from '../../blocks/announcements.ts';
import { gapReport } from '../../blocks/gap-report.ts';
import { calledWords, context, duration, moment, section, type Message } from '../../blocks/kit.ts';
import { runCard, runTitle } from '../../blocks/run-card.ts';
import { cardAdditions } from '../../blocks/uploads/card.ts';
import type { GapFacts } from '../../pipeline/gap-report.ts';
import { factsOf, kinds, type CardPlace, type WorkflowName } from '../../pipeline/kinds.ts';
import type { Notices } from '../../pipeline/ports/index.ts';
import { gapRound } from '../../pipeline/questions.ts';
import { isLive, type Run } from '../../pipeline/run.ts';
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

/** Says what Slack should show; the outbox delivers it. */
export function makeNotifier(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** The first admin: who is told what has no owner. */
  readonly admin: string | null;
  /** Where the messages of runs without a channel and without a client go, and what belongs to no run. */
  readonly channels: Readonly<Record<Exclude<CardPlace, 'client'>, string | null>>;
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

  const kindChannel = ({ workflow }: Run) => {
    const { card: place } = kinds[workflow];
    return parts.channels[place === 'client' ? 'client success' : place];
  };

  /** Where the command was typed; the client's channel; that of its kind of run; who asked; the first admin. */
  const placesOf = (run: Run, client: { readonly channel: string } | null): readonly string[] =>
    [run.channel, client?.channel, kindChannel(run), run.requestedBy, parts.admin].flatMap((place) =>
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
    const approvedNow = suggestions.some((one) => one.round === gapRound(facts.round) && one.state === 'approved');
    const message = gapReport({
      runId: run.id,
      clientName: client.name,
      facts,
      suggestions,
      working: approvedNow && isLive(run),
      over: !isLive(run),
    });
    await want(run, purposes.gap, clientChannel(run, client), message);
  }

  const intent = makeIntentNotes({
    store,
    clock: parts.clock,
    want,
    runOf,
    channelOf: (run) => channelOf(run, null),
    channel: parts.channels.intent,
    nudge,
  });

  const uploads = makeUploadNotes({
    store,
    clock: parts.clock,
    want,
    runOf,
    clientOf,
    channelOf,
    channel: parts.channels['client success'],
    redraw: (run) => card(run),
    nudge,
  });

  async function plainCard(run: Run, clientName: string | null): Promise<Message> {
    const questions =
      run.status === 'waiting'
        ? (await store.approvals.ofRun(run.id)).filter((row) => row.state === 'pending' && row.kind !== 'suggestion')
        : [];
    return runCard(run, clientName, new Date(), questions, cardAdditions(run));
  }
  /** What an upload did is in its lists: the phases would say it once more. */
  const cardOfLists: typeof plainCard = (run, clientName) =>
    plainCard(run.status === 'success' ? { ...run, progress: {} } : run, clientName);

  const cards: Readonly<Record<WorkflowName, typeof plainCard>> = {
    'pull-leads': plainCard,
    upload: cardOfLists,
    evergreen: cardOfLists,
    'evergreen-undo': plainCard,
    weekly: (run) => uploads.mondayCard(run),
    intent: (run) => intent.intentCard(run),
    'intent-send': plainCard,
  };

  async function card(run: Run): Promise<void> {
    try {
      const client = await clientOf(run);
      const channel = channelOf(run, client);
      if (!channel) return;
      await want(run, purposes.card, channel, await cards[run.workflow](run, client?.name ?? null));
      // Questions are read only where they may have changed: a running run's have not, and its card is drawn every
      // second.
      if (run.status !== 'running') {
        for (const card of await ownerCards(store, run, client?.name ?? null, parts.admin, today(parts.clock))) {
          await want(run, card.purpose, card.owner, card.message);
        }
      }
      // The report's buttons go when the run is over, and its words change when a top-up starts.
      const gap = factsOf('pull-leads', run)?.gapFacts;
      if (gap && run.status !== 'running') await drawGap(run, gap);
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
      const gap = factsOf('pull-leads', run)?.gapFacts;
      if (gap) await drawGap(run, gap);
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
