import { DataMismatch, InvalidInput, NeedsHuman, Retryable } from '../../errors.ts';
import { batchMessageId } from '../../intent/batch-id.ts';
import { readIntentConfig } from '../../intent/config.ts';
import { newYorkDay } from '../../intent/days.ts';
import { having, ofThese, outstanding, recipientsOf, withOutcome } from '../../intent/delivery.ts';
import { IntentFacts } from '../../intent/facts.ts';
import { summaryMail } from '../../intent/mail.ts';
import type { Recipients } from '../../ports/intent.ts';
import type { Mail, Mailer } from '../../ports/mail.ts';
import type { Using } from '../../ports/using.ts';
import type { Client } from '../../vocabulary.ts';
import type { RunContext, Workflow, InStep } from '../../workflow.ts';

export type DeliveryPorts = Using<{
  intentBatches: 'get' | 'delivered' | 'noteRecipients' | 'origin' | 'top';
  mail: 'send';
  files: 'read';
  credits: 'budget';
  notices: 'file' | 'filePosted';
  settings: 'mail';
}>;

/** Leads in the mail's own table; all of them are in the file. */
const shown = 10;
/** How often a mail server that asks to come back later is tried again; the wait doubles each time. */
const comeBacks = 3;
/** Slack gets the file in seconds, or after an outage. */
const file = { everyMs: 2_000, atMostMs: 10 * 60_000 };

/**
 * docs/sop.md#intent-delivery, from the stored batch on. The file goes into the thread of its run's card in any case;
 * whether the batch counts as delivered, and its companies as exported, depends on the mail, or with `slack` on the
 * file.
 *
 * @returns what became of it, in a sentence
 * @throws DataMismatch where somebody did not take the mail: not delivered
 */
export async function deliver(
  context: RunContext<null, DeliveryPorts>,
  id: string,
  by: 'email' | 'slack',
): Promise<string> {
  const { ports, step, run } = context;
  context.progress({ phase: 'Delivery', detail: by === 'email' ? 'mailing the file' : 'posting the file' });
  const batch = await step('batch to deliver', () => ports.intentBatches.get(id));
  await step(`file to Slack, attempt ${run.attempt}`, () =>
    ports.notices.file(batch.runId, {
      key: batch.fileKey,
      name: `${id}.csv`,
      text: `${id}: the file for the dialler.`,
    }),
  );
  const outcome = by === 'email' ? await byMail(context, id) : await bySlack(context, batch.runId);
  if (outcome.delivered) {
    await step('delivered', () => ports.intentBatches.delivered(id, by, newYorkDay(context.now)));
  }
  context.finished('Delivery', outcome.words);
  return outcome.words;
}

/** **Send again**: a batch whose mail was never answered, or whose file did not get into Slack. */
export const sendAgain: Workflow<'intent-send', Client | null, DeliveryPorts> = async (context, { batch, by }) => {
  const words = await deliver({ ...context, client: null }, batch, by);
  return { outcome: `${batch}: ${words}`, batch };
};

type Outcome = { readonly delivered: boolean; readonly words: string };

async function byMail(context: RunContext<null, DeliveryPorts>, id: string): Promise<Outcome> {
  const { ports, once, until, run } = context;
  const { retryMs } = ports.settings.mail;
  for (let comeBack = 0; ; comeBack += 1) {
    const name = `mail ${run.attempt}.${comeBack + 1}`;
    const recipients = await once(
      name,
      () => send(context, id),
      () => lookAtMail(context, id),
    );
    const wanted = ofThese(recipients, ports.settings.mail.recipients);
    const accepted = having(wanted, 'accepted').length;
    if (accepted === Object.keys(wanted).length) {
      return { delivered: true, words: `Mailed to ${accepted} ${accepted === 1 ? 'recipient' : 'recipients'}.` };
    }
    if (having(wanted, 'maybe').length > 0) {
      return {
        delivered: false,
        words: 'The mail was maybe sent: its server never answered. Look for it, then decide.',
      };
    }
    const later = having(wanted, 'temporary').length;
    if (later === 0 || comeBack === comeBacks) throw notTaken(wanted);
    context.progress({ phase: 'Delivery', detail: `the mail server puts ${later} off; asking again` });
    const waitMs = retryMs * 2 ** comeBack;
    await until(`wait after ${name}`, () => Promise.resolve(undefined), { everyMs: waitMs, atMostMs: waitMs });
  }
}

/** One transaction, to those who do not have it yet. */
async function send(context: InStep<null, DeliveryPorts>, id: string): Promise<Recipients> {
  const { ports } = context;
  const batch = await ports.intentBatches.get(id);
  const to = outstanding(ports.settings.mail.recipients, batch.recipients);
  if (to.length === 0) return batch.recipients;
  const letter = await letterFor(context, id);
  const kept = await ports.files.read(batch.fileKey);
  if (!kept) throw new DataMismatch(`The file of ${id} is no longer in storage. Nothing was sent.`);
  await ports.intentBatches.noteRecipients(id, withOutcome(to, 'sending'));
  const mail: Mail = {
    messageId: batchMessageId(id, ports.settings.mail.domain),
    to,
    ...letter,
    attachments: [{ name: `${id}.csv`, type: 'text/csv', content: kept.bytes }],
  };
  const outcome = await handOver(ports.mail, mail);
  // Not to be taken for a failure of the mail: where this cannot be written it stays `sending`, shown as maybe sent.
  const known = await ports.intentBatches.noteRecipients(id, outcome.recipients);
  if (outcome.refusal) throw outcome.refusal;
  return known;
}

type HandedOver = { readonly recipients: Recipients; readonly refusal?: Error };

/** @throws whatever does not say that nothing was sent */
async function handOver(mailer: Mailer, mail: Mail): Promise<HandedOver> {
  try {
    return { recipients: recipientsOf(await mailer.send(mail)) };
  } catch (error) {
    // These errors mean that nothing was sent.
    if (!(error instanceof Retryable || error instanceof NeedsHuman || error instanceof InvalidInput)) throw error;
    const recipients = withOutcome(mail.to, 'temporary', error.message);
    return error instanceof Retryable ? { recipients } : { recipients, refusal: error };
  }
}

/** After a crash: a mail that was handed over and of which nobody knows is not sent again by itself. */
async function lookAtMail({ ports }: InStep<null, DeliveryPorts>, id: string): Promise<Recipients | undefined> {
  const { recipients } = await ports.intentBatches.get(id);
  const unknown = having(recipients, 'sending');
  if (unknown.length > 0) return ports.intentBatches.noteRecipients(id, withOutcome(unknown, 'maybe'));
  return having(recipients, 'maybe').length > 0 ? recipients : undefined;
}

async function letterFor({ ports }: InStep<null, DeliveryPorts>, id: string) {
  const origin = await ports.intentBatches.origin(id);
  const config = readIntentConfig(origin.config);
  const budget = await ports.credits.budget(config.weeklyCap);
  return summaryMail({
    batchId: id,
    at: origin.askedAt,
    facts: IntentFacts.parse(origin.summary.intent),
    config,
    credits: { run: origin.creditsUsed, week: budget.spent + budget.unsettled, cap: budget.cap },
    top: await ports.intentBatches.top(id, shown),
  });
}

function notTaken(recipients: Recipients): DataMismatch {
  const all = Object.keys(recipients).length;
  const [refused, later] = [having(recipients, 'refused').length, having(recipients, 'temporary').length];
  const parts = [
    refused > 0 ? `${refused} refused it` : '',
    later > 0 ? `${later} could not be reached or put it off` : '',
  ];
  return new DataMismatch(
    `The mail was not taken by all ${all} recipients: ${parts.filter((part) => part !== '').join(', ')}. The batch is not delivered`,
    {
      todo: 'Its companies do not count as exported. Correct EMAIL_RECIPIENTS or the mail server, then retry: only those who do not have it get it.',
    },
  );
}

async function bySlack({ ports, until, run }: RunContext<null, DeliveryPorts>, runId: string): Promise<Outcome> {
  const posted = await until(`file in Slack, attempt ${run.attempt}`, () => ports.notices.filePosted(runId), file);
  if (posted?.posted === true) return { delivered: true, words: 'The file is in Slack; no mail was asked for.' };
  const why = posted ? posted.problem : 'Slack does not answer';
  return {
    delivered: false,
    words: `The file could not be posted in Slack (${why}). It is behind Details; the batch is not delivered.`,
  };
}
