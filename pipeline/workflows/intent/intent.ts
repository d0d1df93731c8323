import { DataMismatch, InvalidInput } from '../../errors.ts';
import { readIntentConfig } from '../../intent/config.ts';
import type { IntentFacts } from '../../intent/facts.ts';
import { funnelDifference } from '../../intent/funnel.ts';
import { whyNoLeads } from '../../intent/funnel-words.ts';
import { warningsOf } from '../../intent/warnings.ts';
import type { MailSettings } from '../../ports/index.ts';
import type { Using } from '../../ports/using.ts';
import type { Client } from '../../vocabulary.ts';
import { shortId } from '../../run.ts';
import { type RunContext, Skipped, type Workflow } from '../../workflow.ts';
import { makeBatch, type BatchPorts } from './batch.ts';
import { chooseContacts, enrich, type ChoicePorts, type EnrichPorts } from './contacts.ts';
import { deliver, type DeliveryPorts } from './delivery.ts';
import { identify, type IdentifyPorts } from './identify.ts';
import { tellAlerts } from './paid.ts';
import { shortlistToday, type ShortlistPorts } from './shortlist.ts';
import { count, number } from '../../counting.ts';

export type IntentPorts = ShortlistPorts &
  IdentifyPorts &
  ChoicePorts &
  EnrichPorts &
  BatchPorts &
  DeliveryPorts &
  Using<{
    credits: 'budget' | 'week' | 'reserve';
    intentBatches: 'ofRun' | 'laterRun';
    notices: 'intentFacts' | 'alert';
    settings: 'mail';
  }>;

/**
 * Intent polling (docs/sop.md#intent-polling): the day's buying signals become people to call, within the week's
 * credits.
 */
export const intent: Workflow<'intent', Client | null, IntentPorts> = async (context, { noEmail }) => {
  // A poll belongs to no client.
  const polling = { ...context, client: null };
  const { run, ports, step } = polling;
  const config = readIntentConfig(run.config);
  const byMail = !noEmail;
  if (byMail && !run.dryRun) refuseWithoutMail(ports.settings.mail);

  // 2–4: what costs nothing comes first.
  context.progress({ phase: 'Signals', detail: 'asking ZoomInfo, free of charge' });
  const found = await shortlistToday(polling, config);
  context.finished(
    'Signals',
    `${count(found.funnel.signals, 'signal')}, ${count(found.companies.length, 'company', 'companies')} on the shortlist`,
  );
  const budget = await step('budget', () => ports.credits.budget(config.weeklyCap));
  let facts: IntentFacts = {
    funnel: found.funnel,
    last: 'shortlisted',
    estimate: found.estimate,
    budget: { cap: budget.cap, left: budget.left },
    labels: [],
    leads: 0,
    batch: null,
    warnings: warningsOf(found.odd),
  };
  const tell = async (name: string, more: Partial<IntentFacts>) => {
    facts = { ...facts, ...more };
    await step(name, () => ports.notices.intentFacts(run.id, facts));
  };
  await tell('tell the shortlist', {});
  // 10: a dry run stops before anything costs.
  if (run.dryRun)
    return { outcome: previewOutcome(facts, whyNoLeads(facts.funnel, config, 'shortlisted')), intent: facts };

  // 1: reserved whole before the first paid call.
  if (facts.estimate.total > 0) await reserve(polling, config.weeklyCap, facts);

  // 5
  const identified = await identify(polling, config, found.companies);
  await tell('tell the companies', {
    funnel: withLosses(facts, identified.losses),
    last: 'resolved',
    warnings: warningsOf([...found.odd, ...identified.odd]),
  });
  // 6 and 7
  const chosen = await chooseContacts(polling, config, identified.companies);
  const enriched = await enrich(polling, config, chosen);
  const odd = [...found.odd, ...identified.odd, ...chosen.odd, ...enriched.odd];
  await tell('tell the contacts', {
    funnel: withLosses(facts, {
      noContact: chosen.noContact,
      notEnriched: enriched.missing,
      suppressed: enriched.suppressed,
    }),
    last: 'leads',
    warnings: warningsOf(odd),
  });
  await step('tell the alerts', () => tellAlerts(polling, config));
  // 8 and 9
  const batch = await makeBatch(polling, config, identified.companies, enriched.contacts);
  const difference = funnelDifference(facts.funnel, batch?.leads ?? 0);
  if (difference !== null) throw new DataMismatch(`${difference}. Nothing was delivered.`);
  const worries = odd.filter(
    ({ refusedFields, missingFields, empty }) =>
      [...(refusedFields ?? []), ...(missingFields ?? [])].length > 0 || (empty ?? 0) > 0,
  );
  if (worries.length > 0)
    await step('tell the warnings', () => ports.notices.alert(run.id, 'warnings', warningsOf(worries).join('\n')));
  if (batch === null) {
    const why = whyNoLeads(facts.funnel, config) ?? 'No leads today.';
    return { outcome: why, intent: facts };
  }
  await tell('tell the batch', { batch: batch.id, leads: batch.leads, labels: batch.labels });
  context.finished('Leads', `${count(batch.leads, 'lead')} in ${batch.id}`);
  const delivery = await deliver(polling, batch.id, byMail ? 'email' : 'slack');
  return { outcome: `${count(batch.leads, 'lead')} in ${batch.id}. ${delivery}`, intent: facts };
};

/** Before anything is paid for: a mail that cannot be sent would make the leads useless. */
/** Only the form is checked, and leniently: an address within an office may be `leads@mailhost`. */
const looksLikeAddress = /^[^\s@<>]+@[^\s@<>]+$/;

function refuseWithoutMail({ missing, recipients }: Pick<MailSettings, 'missing' | 'recipients'>): void {
  const wrong = recipients.flatMap((address, index) => (looksLikeAddress.test(address) ? [] : [index + 1]));
  if (wrong.length > 0) {
    const [which, are] = wrong.length === 1 ? ['recipient', 'is'] : ['recipients', 'are'];
    // Named by its place in the list, because even a broken address may be a person's, and this text goes to the log.
    throw new InvalidInput(
      `The leads could not be mailed: ${which} ${wrong.join(', ')} of ${recipients.length} in EMAIL_RECIPIENTS ${are} no e-mail address. Nothing was spent.`,
      { todo: 'Write bare addresses with commas between them, or run it with --no-email.' },
    );
  }
  if (missing.length === 0) return;
  const are = missing.length === 1 ? 'is' : 'are';
  throw new InvalidInput(`The leads could not be mailed: ${missing.join(', ')} ${are} not set. Nothing was spent.`, {
    todo: `Set ${missing.length === 1 ? 'it' : 'them'}, or run it with --no-email: then the file is posted in Slack only.`,
  });
}

const canRaise = "An approver can raise this week's cap on its card.";

/** Anew for each attempt and in each week: what a run held is given back when it fails. */
async function reserve(
  { run, ports, step }: RunContext<null, IntentPorts>,
  cap: number,
  facts: IntentFacts,
): Promise<void> {
  // eslint-disable-next-line workflows/impure-calls -- the week is part of the step's name: another week is another step
  const week = ports.credits.week();
  const answer = await step(`reserve credits, ${week}, attempt ${run.attempt}`, async () => {
    // A batch that is there needs no more credits, only its delivery.
    if ((await ports.intentBatches.ofRun(run.id)) !== null) return null;
    const later = run.attempt > 1 ? await ports.intentBatches.laterRun(run.id) : null;
    if (later !== null) {
      throw new InvalidInput(`Run ${shortId(later)} has polled since. Nothing more was spent.`, {
        todo: 'Its leads are the newer ones; this run can be left as it is.',
      });
    }
    return ports.credits.reserve(run.id, week, facts.estimate.total, cap);
  });
  if (answer === null || answer.granted) return;
  const { needed, cap: holds, left } = answer;
  const [need, have, of] = [needed, left, holds].map(number);
  const message = `It may need ${need} credits and ${have} of ${of} are left this week. Nothing ${run.creditsUsed > 0 ? 'more ' : ''}was spent.`;
  await step(`tell the skip, attempt ${run.attempt}`, () =>
    ports.notices.alert(run.id, 'skipped', `${message} ${canRaise}`),
  );
  throw new Skipped(message, { intent: { ...facts, budget: { cap: holds, left } }, needed });
}

function withLosses({ funnel }: IntentFacts, losses: IntentFacts['funnel']['losses']): IntentFacts['funnel'] {
  return { ...funnel, losses: { ...funnel.losses, ...losses } };
}

function previewOutcome({ estimate, budget }: IntentFacts, why: string | null): string {
  if (why !== null) return `${why} Nothing was spent.`;
  const fits = estimate.total <= budget.left ? 'It fits' : 'It does not fit';
  return (
    `${count(estimate.contacts, 'company', 'companies')} would cost up to ${count(estimate.total, 'credit')}. ` +
    `${fits}: ${number(budget.left)} of ${number(budget.cap)} are left this week. Nothing was spent.`
  );
}
