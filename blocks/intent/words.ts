import type { IntentConfig } from '../../pipeline/intent/config.ts';
import type { IntentFacts } from '../../pipeline/intent/facts.ts';
import { funnelLines } from '../../pipeline/intent/funnel.ts';
import { lossWords, stageTitles } from '../../pipeline/intent/funnel-words.ts';
import type { BatchLead, Budget } from '../../pipeline/ports/intent.ts';
import { bar, clip, count, escaped, mention, number } from '../kit.ts';

/** The funnel as a small table, in type of one width. */
export function funnelTable(facts: IntentFacts): string {
  const lines = funnelLines(facts.funnel, facts.last).map(({ stage, left, lost }) => {
    const gone = lost.reduce((sum, { count: some }) => sum + some, 0);
    return [stageTitles[stage], number(left), gone > 0 ? `−${number(gone)}` : ''] as const;
  });
  const row = (name: string, left: string, gone: string) =>
    `${name.padEnd(27)}${left.padStart(7)}${gone.padStart(8)}`.trimEnd();
  return `\`\`\`\n${[row('', 'left', 'lost'), ...lines.map((line) => row(...line))].join('\n')}\n\`\`\``;
}

/** Why signals were lost, in the order they were; empty where none was. */
export function lossLine(facts: IntentFacts, config: IntentConfig): string {
  return funnelLines(facts.funnel, facts.last)
    .flatMap(({ lost }) => lost.map(({ loss, count: some }) => lossWords(loss, some, config)))
    .join(' · ');
}

/** `██░░ 12 %  58 of 500 credits this week · 12 reserved · 7 unsettled`. */
export function budgetLine(budget: Budget): string {
  const used = budget.spent + budget.unsettled;
  const parts = [
    `${bar(used, budget.cap)}  *${number(used)} of ${number(budget.cap)}* credits used this week`,
    budget.held > 0 ? `${number(budget.held)} reserved by a run` : '',
    budget.unsettled > 0 ? `⚠️ ${number(budget.unsettled)} of them unsettled` : '',
    `${number(budget.left)} left`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Who raised the cap, and why; empty where nobody did. */
export function raisedLine({ raised, cap }: Budget): string {
  if (!raised) return '';
  return `⬆️ Cap raised to ${number(cap)} until Sunday by ${mention(raised.by)}: “${escaped(clip(raised.reason, 300))}”`;
}

const dots: Readonly<Record<string, string>> = { High: '🟢', Medium: '🟡', Low: '🟠', 'Very Low': '⚪' };
const phones = { mobile: '📱 mobile', direct: '☎️ phone', none: 'no phone' } as const;

/** Companies and titles; names and numbers of people are in the file only. */
export function leadLines(top: readonly BatchLead[], leads: number): string {
  const lines = top.map(
    (lead) =>
      `${dots[lead.label] ?? ''} *${lead.score}*  *${escaped(clip(lead.company, 60))}* — ${escaped(clip(lead.title, 60))} · ${phones[lead.phone]} · ${escaped(lead.topic)}, ${age(lead)}`,
  );
  const more = leads - top.length;
  return [...lines, ...(more > 0 ? [`… and ${count(more, 'more lead')} in the file`] : [])].join('\n');
}

const age = ({ age: days }: BatchLead) => (days === 0 ? 'today' : `${count(days, 'day')} ago`);

/** `Estimate: up to 34 credits (9 to identify companies, 13 contacts, 12 companies)`. */
export function estimateLine({ estimate, budget }: IntentFacts): string {
  const { unknownIds, contacts, companies, total } = estimate;
  return (
    `🧮 Estimate: up to *${count(total, 'credit')}* (${number(unknownIds)} to identify companies, ${number(contacts)} for contacts, ` +
    `${number(companies)} for company details); ${number(budget.left)} of ${number(budget.cap)} were left`
  );
}
