import { deliveryState } from '../../pipeline/intent/delivery.ts';
import { funnelSentences } from '../../pipeline/intent/funnel-words.ts';
import type { Run } from '../../pipeline/run.ts';
import { clip, count, escaped } from '../kit.ts';
import type { DetailLine } from '../modals.ts';
import { configLine } from './home.ts';
import type { IntentView } from './view.ts';
import { budgetLine, estimateLine, funnelTable, leadLines, raisedLine } from './words.ts';

const states = {
  delivered: '✅ delivered',
  maybe: '❓ maybe sent',
  undelivered: '📭 not delivered',
  waiting: '📭 not delivered yet',
} as const;

/** An intent run's full summary. @param fileLink a short-lived address of the file */
export function intentDetails(run: Run, view: IntentView, fileLink: string | null): DetailLine[] {
  const { facts, batch, config, credits, budget, top } = view;
  const lines: DetailLine[] = [];
  if (batch) {
    const by =
      batch.deliveredBy === null
        ? ''
        : ` (${batch.deliveredBy === 'person' ? 'somebody looked' : `by ${batch.deliveredBy}`})`;
    const file = fileLink === null ? '' : `\n<${fileLink}|${batch.id}.csv> (the link works for a short time)`;
    lines.push({
      title: `Batch ${batch.id}`,
      text: `${count(batch.leads, 'lead')} · ${states[deliveryState(batch)]}${by}${file}`,
    });
    if (top.length > 0) lines.push({ title: 'Best leads', text: leadLines(top, batch.leads) });
  }
  if (facts) {
    const sentences = funnelSentences(facts.funnel, config, facts.last).map((one) => `• ${escaped(one)}`);
    lines.push({ title: 'How the day went', text: clip(`${funnelTable(facts)}\n${sentences.join('\n')}`, 2_800) });
    lines.push({ title: 'Estimate', text: estimateLine(facts) });
    if (facts.warnings.length > 0) {
      lines.push({ title: 'Warnings', text: clip(facts.warnings.map((one) => `• ${escaped(one)}`).join('\n'), 2_800) });
    }
  }
  const raised = raisedLine(budget);
  const spent = `${count(credits.spent, 'credit')} spent${credits.unsettled > 0 ? `, ${count(credits.unsettled, 'credit')} unsettled (their answer was lost)` : ''}`;
  lines.push({
    title: 'Credits',
    text: `${spent}, by this run. ${budgetLine(budget)}${raised === '' ? '' : `\n${raised}`}`,
  });
  lines.push({ title: 'Configuration it ran with', text: clip(`${run.trigger} · ${configLine(config)}`, 2_800) });
  return lines;
}
