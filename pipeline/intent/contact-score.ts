import type { EnrichedContact, ManagementLevel } from '../ports/zoominfo.ts';
import { diallerPhone } from './dialler-phone.ts';
import { roundHalfUp } from './rounding.ts';

const authority: Readonly<Record<ManagementLevel, number>> = {
  'C Level': 100,
  VP: 85,
  Director: 75,
  Manager: 60,
  Board: 50,
  'Non Manager': 30,
};
const unknownLevel = 40;

/** Who decides over a breakroom. */
const titleWords = ['facilities', 'operations', 'vending', 'food service', 'hospitality', 'building', 'property'];

export const labels = ['High', 'Medium', 'Low', 'Very Low'] as const;
export type Label = (typeof labels)[number];

/** The highest of a person's levels, and ten more (once, 100 at most) for a title about the place. */
export function authorityPart(levels: readonly ManagementLevel[], title: string): number {
  const base = levels.length === 0 ? unknownLevel : Math.max(...levels.map((level) => authority[level]));
  const words = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');
  return Math.min(100, titleWords.some((word) => words.includes(word)) ? base + 10 : base);
}

export function accuracyPart(accuracy: number | null): number {
  if (accuracy === null || accuracy < 85) return 40;
  return accuracy >= 95 ? 100 : 70;
}

/** Numbers the dialler can call; another country's counts for nothing. */
export function phonePart(contact: Pick<EnrichedContact, 'mobilePhone' | 'directPhone' | 'phone' | 'company'>): number {
  const dials = (phone: string | null) => diallerPhone(phone) !== '';
  if (dials(contact.mobilePhone)) return 100;
  return [contact.directPhone, contact.phone, contact.company.phone].some(dials) ? 70 : 0;
}

/** `0.6·company + 0.15·authority + 0.15·accuracy + 0.1·phone`, rounded half up (docs/sop.md#contact-score). */
export function contactScore(companyScore: number, contact: EnrichedContact): number {
  const sum =
    12 * companyScore +
    3 * authorityPart(contact.levels, contact.title) +
    3 * accuracyPart(contact.accuracy) +
    2 * phonePart(contact);
  return roundHalfUp(sum, 20);
}

export function labelOf(score: number): Label {
  if (score >= 80) return 'High';
  if (score >= 60) return 'Medium';
  return score >= 40 ? 'Low' : 'Very Low';
}
