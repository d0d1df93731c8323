import { calledWords, context, escaped, mention, section } from '../../blocks/kit.ts';
import { runTitle } from '../../blocks/run-card.ts';
import { shortId, type Run } from '../../pipeline/run.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import { today } from '../clock.ts';
import { everyClient } from '../store/members.ts';
import type { Notes } from './notes.ts';
import { purposes } from './purposes.ts';

/**
 * A run that tried again by itself for an hour has failed: whoever asked for it is told, or who decides where nobody did.
 * Slack tells nobody of a card that was edited, so this is a message of its own in its thread.
 */
export async function tellGaveUp(notes: Notes, run: Run, client: Client | null, channel: string): Promise<void> {
  const { store, clock, want } = notes;
  const called =
    run.requestedBy === null
      ? (await store.clients.approversOf(client?.slug ?? everyClient, today(clock))).map(calledWords)
      : [mention(run.requestedBy)];
  const title = runTitle(run, client?.name ?? null);
  const text = `❌ ${called.join(' ')} ${escaped(title)} has failed: ${escaped(run.error ?? '')}`.replace('  ', ' ');
  const where = context(`*Retry from the failed step* is on its card · run \`${shortId(run.id)}\``);
  await want(run, `thread: gave up ${run.attempt}`, channel, { text, blocks: [section(text), where] }, purposes.card);
}
