import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { InvalidInput } from '../../pipeline/errors.ts';
import { fiveDigits } from '../../pipeline/normalise/zip.ts';
import type { Client, Zip } from '../../pipeline/vocabulary.ts';

// YAML reads 07034 as a number and may drop its zero: `fiveDigits` puts it back.
const ZipText = z.union([z.string(), z.number()]).transform((value, context): Zip => {
  const zip = fiveDigits(String(value));
  if (zip) return zip;
  context.addIssue({ code: 'custom', message: `"${value}" is no ZIP of five digits` });
  return z.NEVER;
});
const StateText = z
  .string()
  .transform((text) => text.trim().toUpperCase())
  .refine((text) => /^[A-Z]{2}$/.test(text), 'must be two letters, such as TX');
const dollars = z
  .union([z.number(), z.string()])
  .transform((value) => Number(String(value).replaceAll(/[$,_\s]/g, '')))
  .refine((value) => Number.isInteger(value) && value > 0, 'must be whole dollars, such as 900000');

const ClientEntry = z
  .strictObject({
    slug: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case letters, digits and dashes, such as lakeside'),
    name: z.string().min(1),
    active: z.boolean().default(true),
    states: z.array(StateText).min(1),
    secondaryStates: z.array(StateText).default([]),
    tier: z.literal([100, 200]),
    target: z.number().int().positive().nullish(),
    zips: z.array(ZipText).default([]),
    preApprovedZips: z.array(ZipText).default([]),
    homeValueLimit: dollars.default(900_000),
    maxHomeValueLimit: dollars.optional(),
    filters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).default({}),
    channel: z.string().min(1, 'the Slack channel id its messages go to, such as C0123ABCD'),
    workspace: z.union([z.string(), z.number()]).transform(String).nullish(),
    campaignId: z.union([z.string(), z.number()]).transform(String).nullish(),
  })
  .refine((entry) => (entry.maxHomeValueLimit ?? entry.homeValueLimit) >= entry.homeValueLimit, {
    path: ['maxHomeValueLimit'],
    message: 'must not be below homeValueLimit',
  });

export type ClientEntryRead = {
  readonly client: Client;
  /** null: the file does not say, the lists stay as they are. */
  readonly zips: { readonly approved: readonly Zip[]; readonly preApproved: readonly Zip[] } | null;
};

/**
 * Clients from YAML: one mapping a document, a list of them, or a list under `clients:`.
 *
 * @throws InvalidInput naming every wrong field of every client; nothing is half imported
 */
export function readClientsYaml(text: string): ClientEntryRead[] {
  const documents = parseAllDocuments(text);
  const faults = (Array.isArray(documents) ? documents : []).flatMap((document) => document.errors);
  if (faults.length > 0) {
    throw new InvalidInput(`The file is not YAML: ${faults[0]?.message ?? ''}`, {
      todo: 'Correct it; nothing was imported.',
    });
  }
  const entries = documents.flatMap((document) => listOf(document.toJS()));
  const problems: string[] = [];
  const read = entries.flatMap((entry, index): ClientEntryRead[] => {
    const parsed = ClientEntry.safeParse(entry);
    if (parsed.success) return [toClient(parsed.data, hasLists(entry))];
    const name =
      typeof entry === 'object' && entry !== null && 'slug' in entry ? String(entry.slug) : `client ${index + 1}`;
    problems.push(
      ...parsed.error.issues.map((issue) => `  ${name}: ${issue.path.join('.') || 'entry'} ${issue.message}`),
    );
    return [];
  });
  if (entries.length === 0) problems.push('  the file holds no client');
  if (problems.length > 0) {
    throw new InvalidInput(`These clients cannot be imported:\n${problems.join('\n')}`, {
      todo: 'Correct the file and import it again; nothing was imported. docs/setup.md has an example.',
    });
  }
  return read;
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null && 'clients' in value) return listOf(value.clients);
  return value === null || value === undefined ? [] : [value];
}

const hasLists = (entry: unknown) =>
  typeof entry === 'object' && entry !== null && ('zips' in entry || 'preApprovedZips' in entry);

function toClient(entry: z.output<typeof ClientEntry>, lists: boolean): ClientEntryRead {
  return {
    client: {
      slug: entry.slug,
      name: entry.name,
      active: entry.active,
      states: entry.states,
      secondaryStates: entry.secondaryStates,
      tier: entry.tier,
      target: entry.target ?? null,
      homeValueLimit: entry.homeValueLimit,
      maxHomeValueLimit: entry.maxHomeValueLimit ?? entry.homeValueLimit,
      filters: entry.filters,
      channel: entry.channel,
      workspace: entry.workspace ?? null,
      campaignId: entry.campaignId ?? null,
    },
    zips: lists ? { approved: entry.zips, preApproved: entry.preApprovedZips } : null,
  };
}
