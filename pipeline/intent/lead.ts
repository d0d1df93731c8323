import type { CompanyDetails, ContactHit, EnrichedContact } from '../ports/zoominfo.ts';
import type { ScoredSignal } from './company-score.ts';
import { contactScore, labelOf, type Label } from './contact-score.ts';
import { byEach, compareIds, compareText } from './order.ts';

/** A person to call: the signal that led there, who it is, what is known of the company. */
export type IntentLead = {
  readonly company: ScoredSignal;
  readonly contact: EnrichedContact;
  /** The company's own enrichment; `null` where there was none. */
  readonly details: CompanyDetails | null;
  readonly score: number;
  readonly label: Label;
};

/** What the search showed of a person. */
export type Shown = Pick<ContactHit, 'title' | 'accuracy'>;

/** @param shown stands in where the enriched record does not say: it is what the person was chosen for */
export function makeLead(
  company: ScoredSignal,
  enriched: EnrichedContact,
  details: CompanyDetails | null,
  shown: Shown | null = null,
): IntentLead {
  const { title, accuracy } = enriched;
  const contact = { ...enriched, title: title || (shown?.title ?? ''), accuracy: accuracy ?? shown?.accuracy ?? null };
  const score = contactScore(company.score, contact);
  return { company, contact, details, score, label: labelOf(score) };
}

/** The file's order: best first, then by the company's score, name and the person's id. */
export const byCall = byEach<IntentLead>(
  (a, b) => b.score - a.score,
  (a, b) => b.company.score - a.company.score,
  (a, b) => compareText(a.contact.company.name, b.contact.company.name),
  (a, b) => compareIds(a.contact.id, b.contact.id),
);
