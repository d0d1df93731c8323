import type { Message } from '../../blocks/kit.ts';
import { runCard } from '../../blocks/run-card.ts';
import { cardAdditions } from '../../blocks/uploads/card.ts';
import type { WorkflowName } from '../../pipeline/kinds.ts';
import type { Run } from '../../pipeline/run.ts';
import { asBusinessTime, today } from '../clock.ts';
import type { CheckNotes } from './check-notes.ts';
import type { GapNotes } from './gap-notes.ts';
import { tellGaveUp } from './gave-up.ts';
import type { IntentNotes } from './intent-notes.ts';
import type { MonthNotes } from './month-notes.ts';
import type { Notes } from './notes.ts';
import { ownerCards } from './owner-cards.ts';
import { purposes } from './purposes.ts';
import type { UploadNotes } from './upload-notes.ts';

type OtherNotes = {
  readonly gap: GapNotes;
  readonly intent: IntentNotes;
  readonly uploads: UploadNotes;
  readonly checks: CheckNotes;
  readonly month: MonthNotes;
};

type Card = (notes: Notes, others: OtherNotes, run: Run, clientName: string | null) => Promise<Message>;

const plainCard: Card = async ({ store }, _others, run, clientName) => {
  const questions =
    run.status === 'waiting'
      ? (await store.approvals.ofRun(run.id)).filter((row) => row.state === 'pending' && row.kind !== 'suggestion')
      : [];
  return runCard(run, clientName, new Date(), questions, cardAdditions(run));
};

/** What an upload did is in its lists: the phases would say it once more. */
const cardOfLists: Card = (notes, others, run, clientName) =>
  plainCard(notes, others, run.status === 'success' ? { ...run, progress: {} } : run, clientName);

const cards: Readonly<Record<WorkflowName, Card>> = {
  'pull-leads': plainCard,
  upload: cardOfLists,
  evergreen: cardOfLists,
  'evergreen-undo': plainCard,
  weekly: (_notes, { uploads }, run) => uploads.mondayCard(run),
  monthly: (_notes, { month }, run) => month.monthCard(run),
  check: (_notes, { checks }, run) => checks.checkCard(run),
  intent: (_notes, { intent }, run) => intent.intentCard(run),
  'intent-send': plainCard,
};

/** The card of a run, and what else in Slack follows the run: never throws, for Slack and its rows must not fail a run. */
export async function drawCard(notes: Notes, others: OtherNotes, row: Run): Promise<void> {
  const { store, log, want, clientOf, channelOf, clock } = notes;
  const run = row.wakeAt === null ? row : { ...row, wakeAt: asBusinessTime(clock, row.wakeAt) };
  try {
    const client = await clientOf(run);
    const channel = channelOf(run, client);
    if (!channel) return;
    await want(run, purposes.card, channel, await cards[run.workflow](notes, others, run, client?.name ?? null));
    // Questions are read only where they may have changed: a running run's have not, and its card is drawn every
    // second.
    if (run.status !== 'running') {
      for (const card of await ownerCards(store, run, client?.name ?? null, notes.admin, today(notes.clock))) {
        await want(run, card.purpose, card.owner, card.message);
      }
      await others.gap.followGap(run);
      if (run.status === 'failed' && run.awayTries > 0) await tellGaveUp(notes, run, client, channel);
      await others.checks.checkOver(run);
    }
    await others.uploads.follow(run);
    await others.month.followMonth(run);
  } catch (error) {
    log.warn({ run: run.id, err: error }, 'the card could not be drawn; the next change draws it');
  }
}
