import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { connectAs } from '../slack/client.ts';
import type { Result } from './audit.ts';
import { openBooks } from './auditor.ts';
import { channels, mailRecipients, people, weeklyCap } from './cast.ts';
import type { Stage } from './stage.ts';

const Zoominfo = z.object({ credits: z.object({ charged: z.number() }), repeated: z.array(z.string()) });
const Mail = z.object({
  accepted: z.number(),
  byRecipient: z.record(z.string(), z.number()),
  mails: z.array(z.object({ attachments: z.array(z.object({ name: z.string() })) })),
});

const Funnel = z.object({ signals: z.number(), losses: z.record(z.string(), z.number()) });
const Run = z.object({
  status: z.string(),
  trigger: z.string(),
  batch_id: z.string().nullable(),
  credits_used: z.number(),
  leads_exported: z.number(),
  summary: z.object({ intent: z.object({ funnel: Funnel }).optional() }),
  dry_run: z.boolean(),
});
const Budget = z.object({
  spent: z.number(),
  unsettled: z.number(),
  held: z.number(),
  raised_to: z.number().nullable(),
});

/** Adds the intent story up: the stand-ins' own counters beside the rows, and says what does not fit. */
export async function auditIntent(stage: Stage, seconds: number): Promise<Result> {
  const zoominfo = Zoominfo.parse(await statsOf(stage.zoominfoUrl));
  const mail = Mail.parse(await statsOf(stage.mailUrl));
  const { database, ask } = openBooks(stage.dataDir);
  const columns = 'status,trigger,batch_id,credits_used,leads_exported,summary,dry_run';
  const runs = await ask(
    database.from('agent_runs').select(columns).eq('workflow', 'intent').order('created_at'),
    z.array(Run),
  );
  const exports = await ask(database.from('intent_exports').select('batch_id'), z.array(z.unknown()));
  const budget = await ask(database.rpc('intent_budget', { p_week: '2027-01-18' }), Budget);
  const dana = connectAs(stage.slackUrl, people.operator);
  const files = (await dana.files(channels.success)).filter(({ name }) => name.endsWith('.csv'));
  const rows = await Promise.all(files.map(async (file) => parse(await dana.download(file)).length - 1));

  const polls = runs.filter(({ status, dry_run }) => status === 'success' && !dry_run);
  const skipped = runs.filter(({ status }) => status === 'skipped').length;
  const creditsUsed = total(runs.map((run) => run.credits_used));
  const exported = total(runs.map((run) => run.leads_exported));
  const problems = [
    same('credits of the runs', creditsUsed, 'ZoomInfo', zoominfo.credits.charged),
    same('credits of the week', budget.spent + budget.unsettled, 'ZoomInfo', zoominfo.credits.charged),
    same('credits still held', budget.held, 'nothing', 0),
    same('companies that count as exported', exports.length, 'the runs', exported),
    same('lines of the files in Slack', total(rows), 'the runs', exported),
    same('mails', mail.accepted, 'the story', 1),
    ...mailRecipients.map((to) => same(`mails to ${to}`, mail.byRecipient[to] ?? 0, 'the story', 1)),
    same('skipped runs', skipped, 'the story', 1),
    same('polls that went through', polls.length, 'the story', 2),
    same('polls of the calendar', runs.filter(({ trigger }) => trigger === 'scheduled').length, 'the story', 1),
    same('previews', runs.filter(({ dry_run }) => dry_run).length, 'the story', 1),
    ...polls.map((run) => same('leads of the funnel', funnelOf([run]).leads ?? 0, 'the run', run.leads_exported)),
    zoominfo.repeated.length === 0 ? '' : `${zoominfo.repeated.length} records were paid for twice`,
    creditsUsed <= (budget.raised_to ?? weeklyCap) ? '' : `${creditsUsed} credits are more than the cap`,
    exported > 0 ? '' : 'there was no lead',
  ].filter((problem) => problem !== '');
  return {
    ok: problems.length === 0,
    ...(problems.length > 0 && { reason: problems.join('; ') }),
    funnel: funnelOf(polls),
    creditsUsed,
    creditsByVendor: zoominfo.credits.charged,
    cap: weeklyCap,
    raisedTo: budget.raised_to,
    exported,
    emailed: mail.accepted,
    filesInSlack: files.length,
    skipped,
    polls: polls.map((run) => ({ batch: run.batch_id, creditsUsed: run.credits_used, funnel: funnelOf([run]) })),
    ackMsMax: Math.round(stage.slackStats().ackMs.max),
    seconds: Math.round(seconds),
  };
}

/** What each step takes away, by the names the rows have for it. */
const steps: Readonly<Record<string, readonly string[]>> = {
  fresh: ['unreadable', 'undated', 'stale'],
  shortlisted: ['duplicates', 'exportedBefore', 'beyondLimit'],
  identified: ['nobodyRecommended', 'notResolved', 'sameCompany', 'exportedUnderOtherId'],
  contacts: ['noContact'],
  leads: ['notEnriched'],
};

/** What was left after each step, of all these polls together. */
function funnelOf(polls: readonly z.output<typeof Run>[]): Readonly<Record<string, number>> {
  const funnels = polls.flatMap(({ summary }) => (summary.intent ? [summary.intent.funnel] : []));
  let left = total(funnels.map(({ signals }) => signals));
  const funnel: Record<string, number> = { signals: left };
  for (const [step, losses] of Object.entries(steps)) {
    left -= total(funnels.flatMap((one) => losses.map((loss) => one.losses[loss] ?? 0)));
    funnel[step] = left;
  }
  return funnel;
}

function same(what: string, counted: number, whose: string, wanted: number): string {
  return counted === wanted ? '' : `${what}: ${counted}, and ${whose} says ${wanted}`;
}

const statsOf = async (url: string): Promise<unknown> => (await fetch(`${url}/_control/stats`)).json();
const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
