import { budgetAlert, runAlert } from '../../blocks/intent/alerts.ts';
import { intentCard } from '../../blocks/intent/card.ts';
import type { Message } from '../../blocks/kit.ts';
import { agencyDay } from '../../pipeline/calendar/agency-day.ts';
import type { Notices } from '../../pipeline/ports/index.ts';
import type { AlertPurpose } from '../../pipeline/purposes.ts';
import type { Run } from '../../pipeline/run.ts';
import { intentView } from '../reports/intent-view.ts';
import { everyClient } from '../store/members.ts';
import type { Notes } from './notes.ts';
import { purposes } from './purposes.ts';

export type IntentNotes = Pick<Notices, 'intentFacts' | 'alert' | 'budgetAlert' | 'file' | 'filePosted'> & {
  /** The card of an intent run. */
  readonly intentCard: (run: Run) => Promise<Message>;
};

/** What intent polling says in Slack. */
export function makeIntentNotes(notes: Notes): IntentNotes {
  const { store, clock, want, runOf, nudge } = notes;
  const channelOf = (run: Run) => notes.channelOf(run, null);
  /** The channel for what belongs to no run. */
  const channel = notes.channels.intent;
  const approvers = () => store.clients.approversOf(everyClient, agencyDay(clock.now()));
  const alert = async (run: Run, purpose: AlertPurpose, text: string) => {
    const to = channelOf(run);
    if (to) await want(run, `alert: ${purpose}`, to, runAlert(run, text, await approvers()));
  };

  return {
    async intentCard(run) {
      // Nobody watches scheduled polls, so a failed one is told to the approvers.
      if (run.status === 'failed' && run.trigger === 'scheduled') await alert(run, 'failed', run.error ?? 'failed');
      return intentCard(run, await intentView(store, clock, run), new Date());
    },

    async intentFacts(runId, facts) {
      await store.runs.mergeSummary(runId, { intent: facts });
    },

    async alert(runId, purpose, text) {
      await alert(await runOf(runId), purpose, text);
    },

    async budgetAlert(share, budget) {
      const purpose = `intent budget ${budget.week} ${share}`;
      if (!channel || (await store.messages.find(null, purpose))) return;
      const message = budgetAlert(share, budget, await approvers());
      await store.messages.want({ runId: null, purpose, channel, ...message });
      nudge();
    },

    async file(runId, { key, name, text }) {
      const to = channelOf(await runOf(runId));
      if (!to) return;
      const file = { key, name };
      await store.messages.wantFile({ runId, purpose: purposes.file, channel: to, under: purposes.card, text, file });
      nudge();
    },

    async filePosted(runId) {
      const message = await store.messages.find(runId, purposes.file);
      if (!message) return { posted: false, problem: 'there is no channel for it' };
      if (message.ts !== null) return { posted: true };
      return message.givenUp ? { posted: false, problem: message.error ?? 'unknown' } : undefined;
    },
  };
}
