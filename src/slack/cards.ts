import { runCard } from '../../blocks/run-card.ts';
import { uploadAdditions } from '../../blocks/uploads/card.ts';
import type { Run } from '../../pipeline/run.ts';
import { today } from '../clock.ts';
import type { GapNotes } from './gap-notes.ts';
import type { IntentNotes } from './intent-notes.ts';
import type { Notes } from './notes.ts';
import { ownerCards } from './owner-cards.ts';
import { purposes } from './purposes.ts';
import type { UploadNotes } from './upload-notes.ts';

type OtherNotes = { readonly gap: GapNotes; readonly intent: IntentNotes; readonly uploads: UploadNotes };

/** What an upload did is in its lists: the phases say it once more. */
const withoutPhases = (run: Run): Run =>
  run.status === 'success' && ['upload', 'evergreen'].includes(run.workflow) ? { ...run, progress: {} } : run;

/** The card of a run, and what else in Slack follows the run: never throws, for Slack and its rows must not fail a run. */
export async function drawCard(notes: Notes, others: OtherNotes, run: Run): Promise<void> {
  const { store, log, want, runOf, clientOf, channelOf } = notes;
  try {
    const client = await clientOf(run);
    const channel = channelOf(run, client);
    if (!channel) return;
    await draw(notes, others, run, channel, client?.name ?? null);
    // While a run works nothing about its questions changes, and its card is drawn every second.
    if (run.status !== 'running') {
      for (const card of await ownerCards(store, run, client?.name ?? null, notes.admin, today(notes.clock))) {
        await want(run, card.purpose, card.owner, card.message);
      }
      await others.gap.followGap(run);
    }
    // A mail sent again is another run's: that one's card says where its batch stands.
    if (run.workflow === 'intent-send' && run.parent) {
      const origin = await runOf(run.parent);
      await want(origin, purposes.card, channelOf(origin, null) ?? channel, await others.intent.intentCard(origin));
    }
    await others.uploads.follow(run);
  } catch (error) {
    log.warn({ run: run.id, err: error }, 'the card could not be drawn; the next change draws it');
  }
}

async function draw(notes: Notes, others: OtherNotes, run: Run, channel: string, clientName: string | null) {
  const { store, want } = notes;
  if (run.workflow === 'intent') return want(run, purposes.card, channel, await others.intent.intentCard(run));
  const questions =
    run.status === 'waiting'
      ? (await store.approvals.ofRun(run.id)).filter((row) => row.state === 'pending' && row.kind !== 'suggestion')
      : [];
  const message =
    run.workflow === 'weekly'
      ? await others.uploads.mondayCard(run)
      : runCard(withoutPhases(run), clientName, new Date(), questions, uploadAdditions(run));
  await want(run, purposes.card, channel, message);
}
