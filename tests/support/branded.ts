import type { CampaignId, ListId, PersonId } from '../../pipeline/ports/bison.ts';
import { dayOf, isMonth } from '../../pipeline/month.ts';
import { isZip } from '../../pipeline/normalise/zip.ts';
import type { Day, Month, Zip } from '../../pipeline/vocabulary.ts';

/* Words of the field as a test writes them down: what is none is found where it is written. */

/** `2027-03`. */
export function month(text: string): Month {
  if (isMonth(text)) return text;
  throw new Error(`"${text}" is no month`);
}

/** `2027-03-01`. */
export function day(text: string): Day {
  const found = dayOf(month(text.slice(0, 7)), Number(text.slice(8)));
  if (found === text) return found;
  throw new Error(`"${text}" is no day`);
}

/** `75034`, or the number 75_034. */
export function zip(digits: string | number): Zip {
  const text = String(digits);
  if (isZip(text)) return text;
  throw new Error(`"${text}" is no ZIP`);
}

// Ids are the vendor's own, and any text is one.
export const campaignId = (text: string) => text as CampaignId;
export const listId = (text: string) => text as ListId;
export const personId = (text: string) => text as PersonId;
