import { count as counted, number } from '../counting.ts';
import type { IntentConfig } from './config.ts';
import { funnelLines, type Funnel, type FunnelLine, type Loss, type Stage } from './funnel.ts';
import { scoreFloor } from './query.ts';

const units: Readonly<Record<FunnelLine['unit'], readonly [string, string]>> = {
  signals: ['signal', 'signals'],
  companies: ['company', 'companies'],
  contacts: ['contact', 'contacts'],
  leads: ['lead', 'leads'],
};

/** What each step leaves, as the head of a table's line. */
export const stageTitles: Readonly<Record<FunnelLine['stage'], string>> = {
  signals: 'Signals found',
  fresh: 'Fresh and scored',
  shortlisted: 'Companies on the shortlist',
  resolved: 'Companies identified',
  contacts: 'Contacts found',
  leads: 'Leads',
};

type Words = Pick<IntentConfig, 'companies' | 'dedupeDays' | 'accuracyMin'>;

/** Why so many did not go on: `12 were older than 14 days`. */
export function lossWords(loss: Loss, count: number, config: Words): string {
  const n = number(count);
  const was = count === 1 ? 'was' : 'were';
  const them = count === 1 ? 'it' : 'them';
  const words: Readonly<Record<Loss, string>> = {
    unreadable: `${n} could not be read`,
    undated: `${n} had no date`,
    stale: `${n} ${was} older than 14 days`,
    duplicates: `${n} belonged to a company already counted`,
    exportedBefore: `${n} ${was} exported in the last ${config.dedupeDays} days`,
    beyondLimit: `${n} ${was} beyond the best ${config.companies}`,
    nobodyRecommended: `${n} had no recommended contact to identify ${them} by`,
    notResolved: `${n} could not be identified`,
    sameCompany: `${n} turned out to be a company already on the list`,
    exportedUnderOtherId: `${n} turned out to be exported in the last ${config.dedupeDays} days`,
    noContact: `${n} had nobody of the wanted levels with a phone and an accuracy of ${config.accuracyMin} or more`,
    suppressed: `${n} must not be written to`,
    notEnriched: `${n} came back from ZoomInfo without a record`,
  };
  return words[loss];
}

const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;

/** The funnel as sentences, one for each step that took something away, until nothing is left. */
export function funnelSentences(funnel: Funnel, config: IntentConfig, last: Stage = 'leads'): readonly string[] {
  const lines = funnelLines(funnel, last);
  const unread = funnel.total > funnel.signals ? `, of ${number(funnel.total)} that ZoomInfo has` : '';
  const sentences = [`${counted(funnel.signals, 'signal', 'signals')} for ${joined(config.topics)}${unread}.`];
  for (const { unit, left, lost } of lines.slice(1)) {
    if (lost.length === 0) continue;
    const why = joined(lost.map(({ loss, count }) => lossWords(loss, count, config)));
    sentences.push(`${why}: ${left === 0 ? 'none' : counted(left, ...units[unit])} left.`);
    if (left === 0) break;
  }
  return sentences;
}

/**
 * A day with zero leads explains itself: the step where the last one was lost, and to what.
 * @returns null when there are leads
 */
export function whyNoLeads(funnel: Funnel, config: IntentConfig, last: Stage = 'leads'): string | null {
  const lines = funnelLines(funnel, last);
  const end = lines.find(({ left }) => left <= 0);
  if (!end) return null;
  if (end.stage === 'signals') {
    const { min, max } = config.employees;
    const size = `${number(min)}–${number(max)} employees`;
    const floor = scoreFloor(config.signalStrengths);
    return `No leads today: ZoomInfo has no signal of ${floor} or more for ${joined(config.topics)} (${size}).`;
  }
  const before = lines[lines.indexOf(end) - 1];
  const had = before ? counted(before.left, ...units[before.unit]) : '';
  const why = joined(end.lost.map(({ loss, count }) => lossWords(loss, count, config)));
  return `No leads today: of ${had}, ${why}.`;
}
