import { formatInTimeZone } from 'date-fns-tz';
import { diallerColumns, type DiallerColumn } from './dialler-columns.ts';
import { diallerPhone } from './dialler-phone.ts';
import { intentZone } from '../calendar/hours.ts';
import type { IntentLead } from './lead.ts';

export type BatchFacts = { readonly batchId: string; readonly at: Date };

/** `ZoomInfo Jan 29 2026`, New York's day. */
export function listSource(at: Date): string {
  return `ZoomInfo ${formatInTimeZone(at, intentZone, 'MMM d yyyy')}`;
}

/** Owners in turn. @param index place of the lead among all there ever were, from 0 */
function ownerOf(owners: readonly string[], index: number): string {
  return owners.length === 0 ? '' : (owners[index % owners.length] ?? '');
}

const first = (...values: readonly (string | number | null | undefined)[]): string =>
  String(values.find((value) => value !== null && value !== undefined && value !== '') ?? '');

const dialled = (...phones: readonly (string | null | undefined)[]): string =>
  first(...phones.map((phone) => diallerPhone(phone ?? null)));

/**
 * One lead as the dialler takes it: what the person's record says, else the company's own, else the signal's; the first
 * that is not empty. Columns we know nothing of stay empty. Formulas are the writer's business (`connectors/csv`).
 */
export function diallerRow(lead: IntentLead, { batchId, at }: BatchFacts, owner: string): readonly string[] {
  const { contact, details, company } = lead;
  const { signal, age } = company;
  const own = contact.company;
  const cells: Partial<Record<DiallerColumn, string>> = {
    'List Source': listSource(at),
    'Last Name': contact.lastName,
    'First Name': contact.firstName,
    Title: contact.title,
    Home: dialled(own.phone, details?.phone, signal.company.phone),
    Email: first(contact.email),
    Mobile: dialled(contact.mobilePhone),
    Company: first(own.name, details?.name, signal.company.name),
    'Web site': first(own.website, details?.website, signal.company.website),
    Business: dialled(contact.directPhone, contact.phone),
    'Number of Employees': first(own.employees, details?.employees, signal.company.employees),
    'Primary SIC': first(own.sic, details?.sic, signal.company.sic),
    'Primary Line of Business': first(own.industry, details?.industry),
    Address: first(own.street, details?.street),
    City: first(own.city, details?.city),
    State: first(own.state, details?.state),
    'ZIP code': first(own.zip, details?.zip),
    'Contact Owner': owner,
    'Lead Source': `ZoomInfo Intent - ${signal.topic} - ${company.score} - ${age}d`,
    'Call Priority': lead.label,
    'Import Notes': importNotes(lead, batchId),
  };
  return diallerColumns.map((column) => cells[column] ?? '');
}

function importNotes({ score, company, contact }: IntentLead, batchId: string): string {
  return [
    `Batch: ${batchId}`,
    `Score: ${score}`,
    `Age: ${company.age}d`,
    `Company score: ${company.score}`,
    `Topic: ${company.signal.topic}`,
    `Audience: ${company.signal.audience ?? 'unknown'}`,
    `Accuracy: ${contact.accuracy ?? 'unknown'}`,
  ].join(' | ');
}

/**
 * The whole file's rows, in the order given.
 * @param before leads of earlier batches: owners are taken in turn over all batches, because with each batch beginning
 *   anew a batch of two would never reach the third owner
 */
export function diallerRows(
  leads: readonly IntentLead[],
  batch: BatchFacts,
  owners: readonly string[],
  before: number,
): readonly (readonly string[])[] {
  return leads.map((lead, index) => diallerRow(lead, batch, ownerOf(owners, before + index)));
}
