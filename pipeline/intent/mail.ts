import { count as counted, number } from '../counting.ts';
import { formatInTimeZone } from 'date-fns-tz';
import { escapeUTF8 } from 'entities';
import type { BatchLead } from '../ports/intent.ts';
import type { IntentConfig } from './config.ts';
import { intentZone } from '../calendar/hours.ts';
import type { IntentFacts } from './facts.ts';
import { funnelLines, type FunnelLine } from './funnel.ts';
import { lossWords, stageTitles } from './funnel-words.ts';

export type MailFacts = {
  readonly batchId: string;
  /** Business time of the run. */
  readonly at: Date;
  readonly facts: IntentFacts;
  readonly config: IntentConfig;
  /** Credits of this run, and of its week. */
  readonly credits: { readonly run: number; readonly week: number; readonly cap: number };
  readonly top: readonly BatchLead[];
};

export type Letter = { readonly subject: string; readonly text: string; readonly html: string };

/** The mail that goes with the dialler's file (docs/sop.md#intent-delivery). */
export function summaryMail(mail: MailFacts): Letter {
  const day = formatInTimeZone(mail.at, intentZone, 'EEEE, MMMM d, yyyy');
  const leads = counted(mail.facts.leads, 'lead', 'leads');
  return { subject: `ZoomInfo intent: ${leads} · ${mail.batchId}`, text: textOf(mail, day), html: htmlOf(mail, day) };
}

/** `3 High, 2 Medium`. */
function labelWords(labels: IntentFacts['labels']): string {
  return labels.map(([label, count]) => `${number(count)} ${label}`).join(', ');
}

const headline = ({ facts }: MailFacts) =>
  `${counted(facts.leads, 'lead', 'leads')} to call: ${labelWords(facts.labels)}.`;

function money({ credits }: MailFacts): string {
  const [run, week, cap] = [credits.run, credits.week, credits.cap].map(number);
  return `${run} credits for this batch; ${week} of ${cap} this week.`;
}

const lost = ({ lost: parts }: FunnelLine, config: IntentConfig) =>
  parts.map(({ loss, count }) => lossWords(loss, count, config)).join(', ');

function textOf(mail: MailFacts, day: string): string {
  const { facts, config, top, batchId } = mail;
  const funnel = funnelLines(facts.funnel).map(
    (line) => `${String(line.left).padStart(6)}  ${stageTitles[line.stage]}${suffix(lost(line, config))}`,
  );
  return [
    `${day} · ${batchId}`,
    '',
    headline(mail),
    money(mail),
    'The file for the dialler is attached.',
    '',
    top.length < facts.leads ? `The best ${top.length}:` : 'The leads:',
    ...top.map(
      (lead) =>
        `${String(lead.score).padStart(6)}  ${nameOf(lead)}, ${lead.title}, ${lead.company} (${lead.topic}, ${ageOf(lead)})`,
    ),
    '',
    'How the day went:',
    ...funnel,
    ...(facts.warnings.length > 0 ? ['', 'Please look at:', ...facts.warnings.map((line) => `- ${line}`)] : []),
    '',
  ].join('\n');
}

const suffix = (words: string) => (words === '' ? '' : ` (${words})`);
const nameOf = ({ firstName, lastName }: BatchLead) => `${firstName} ${lastName}`.trim();
const ageOf = ({ age }: BatchLead) => (age === 0 ? 'today' : counted(age, 'day', 'days'));

const ink = 'color:#1d2b2a';
const grey = 'color:#5d6b69';
const cell = 'padding:7px 12px 7px 0;border-bottom:1px solid #e3e8e6;vertical-align:top;text-align:left';
const numeric = `${cell};text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap`;
const tones: Readonly<Record<string, string>> = {
  High: 'background:#d9efe4;color:#0f5c4a',
  Medium: 'background:#fdf0cf;color:#7a5b00',
  Low: 'background:#eceff1;color:#455a64',
  'Very Low': 'background:#eceff1;color:#78909c',
};

/** Styles are on the elements: mail programs drop style sheets. */
function htmlOf(mail: MailFacts, day: string): string {
  const { facts, config, top, batchId } = mail;
  const e = escapeUTF8;
  const title = (text: string) => `<h2 style="font-size:15px;margin:26px 0 6px;${ink}">${e(text)}</h2>`;
  const table = (rows: readonly string[]) =>
    `<table role="presentation" style="border-collapse:collapse;width:100%;font-size:14px">${rows.join('')}</table>`;
  const leads = top.map(
    (lead) =>
      `<tr><td style="${numeric};padding-right:10px"><b>${lead.score}</b></td>` +
      `<td style="${cell}"><span style="${tones[lead.label] ?? ''};border-radius:9px;padding:2px 8px;font-size:12px;white-space:nowrap">${e(lead.label)}</span></td>` +
      `<td style="${cell}"><b>${e(nameOf(lead))}</b><br><span style="${grey}">${e(lead.title)}</span></td>` +
      `<td style="${cell}">${e(lead.company)}<br><span style="${grey}">${e(lead.topic)} · ${ageOf(lead)}</span></td></tr>`,
  );
  const funnel = funnelLines(facts.funnel).map(
    (line) =>
      `<tr><td style="${numeric}"><b>${number(line.left)}</b></td>` +
      `<td style="${cell};white-space:nowrap">${e(stageTitles[line.stage])}</td>` +
      `<td style="${cell};${grey}">${e(lost(line, config))}</td></tr>`,
  );
  const warnings = facts.warnings.map((line) => `<li style="margin:4px 0">${e(line)}</li>`).join('');
  return (
    `<div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;max-width:680px;${ink}">` +
    `<p style="margin:0;${grey};font-size:13px">${e(day)} · ${e(batchId)}</p>` +
    `<h1 style="font-size:22px;margin:4px 0 8px">${e(headline(mail))}</h1>` +
    `<p style="margin:0;font-size:14px">${e(money(mail))} The file for the dialler is attached.</p>` +
    title(top.length < facts.leads ? `The best ${top.length}` : 'The leads') +
    table(leads) +
    title('How the day went') +
    table(funnel) +
    (warnings === '' ? '' : `${title('Please look at')}<ul style="padding-left:18px;font-size:14px">${warnings}</ul>`) +
    '</div>'
  );
}
