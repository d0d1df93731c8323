import { z } from 'zod';
import { DataMismatch } from '../../pipeline/errors.ts';
import {
  campaignSwitches,
  type Campaign,
  type CampaignId,
  type CampaignSettings,
  type LeadList,
  type ListId,
  type PersonId,
} from '../../pipeline/ports/bison.ts';
import type { Log } from '../browser/log.ts';
import type { PeopleIn } from '../../pipeline/scrub.ts';
import { withoutSecrets } from '../browser/words.ts';

/*
 * What Bison's words mean. Its answers are read leniently (docs/vendors.md#bison-paging): what is not there is null,
 * what cannot be read is null and told to the log by its name, never by its value. Only a
 * thing without an id or a name cannot be used at all.
 */

const Id = z.union([z.number(), z.string().min(1)]).transform(String);
const Text = z.preprocess(
  (value) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null),
  z.string().nullable(),
);
const Count = z.preprocess(toCount, z.number().nullable());
const Switch = z.preprocess((value) => truths.get(value), z.boolean().nullish());
/** ISO. Numbers are seconds of the epoch, or milliseconds where they are too large for that. */
const Moment = z.preprocess(toMoment, z.string().nullable());

const truths = new Map<unknown, boolean>([
  [true, true],
  [1, true],
  ['1', true],
  ['true', true],
  [false, false],
  [0, false],
  ['0', false],
  ['false', false],
]);

/** `3750`, `"3750"`, `"3,750"`. */
export function toCount(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\d[\d,]*$/.test(value.trim())) return null;
  return Number(value.replaceAll(',', ''));
}

function toMoment(value: unknown): string | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  const number = Number(value);
  const at = Number.isFinite(number) && value !== '' ? number * (number < 1e11 ? 1_000 : 1) : Date.parse(zoned(value));
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** A database's `2027-01-04 15:00:07` is UTC; read as it stands, it would be this machine's time. */
function zoned(value: unknown): string {
  const text = String(value);
  return /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text) ? `${text.replace(' ', 'T')}Z` : text;
}

const ListRow = z.looseObject({
  id: Id,
  name: z.string(),
  status: Text,
  leads_processed: Count,
  leads_succeeded: Count,
  leads_failed: Count,
  error_messages: z.unknown().optional(),
  created_at: Moment,
});

const CampaignRow = z.looseObject({ id: Id, name: z.string(), status: Text, total_leads: Count });

const InCampaign = z.looseObject({ campaign_id: Id, emails_sent: Count });
const PersonRow = z.looseObject({
  id: Id,
  email: z.string(),
  status: Text,
  emails_sent: Count,
  lead_campaign_data: z.array(InCampaign).nullish().catch(null),
});
export type Person = {
  readonly id: PersonId;
  /** Lower case. */
  readonly email: string;
  readonly status: string;
  /** By campaign id: e-mails sent to them there. `null`: the answer does not say in which campaigns they are. */
  readonly campaigns: ReadonlyMap<string, number> | null;
  readonly emailsSent: number;
};

const WorkspaceRow = z.looseObject({ id: Id.nullish().catch(null), name: Text });
const VariableRow = z.looseObject({ name: z.string() });

/** Reads one kind of Bison's things; tells the log what was unexpected about them, each complaint once. */
export function makeReader(log: Log) {
  const told = new Set<string>();
  const tell = (kind: string, complaint: string): void => {
    if (told.has(`${kind} ${complaint}`)) return;
    told.add(`${kind} ${complaint}`);
    log.warn({ vendor: 'bison', kind, unexpected: complaint }, 'unexpected in an answer of Bison');
  };

  /** @throws DataMismatch naming what an indispensable field lacks */
  function read<T extends z.ZodType>(kind: string, schema: T, expected: readonly string[], raw: unknown): z.output<T> {
    const parsed = schema.safeParse(raw);
    if (!parsed.success) {
      const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'itself'}: ${message}`);
      throw new DataMismatch(`Bison answered with a ${kind} that cannot be read (${wrong.join('; ')})`);
    }
    const [given, got] = [toRecord(raw), toRecord(parsed.data)];
    for (const name of expected) {
      if (given[name] === undefined) tell(kind, `${name}: missing`);
      else if (given[name] !== null && (got[name] ?? null) === null) tell(kind, `${name}: ${typeof given[name]}`);
    }
    return parsed.data;
  }

  return {
    list(raw: unknown): LeadList {
      const expected = ['status', 'leads_processed', 'leads_succeeded', 'leads_failed', 'created_at'];
      const row = read('list', ListRow, expected, raw);
      const status = listStatus(row.status ?? '');
      if (status === null) tell('list', `status: "${withoutSecrets((row.status ?? '').toLowerCase()).slice(0, 40)}"`);
      return {
        id: row.id as ListId, // An id read off a list is a list's.
        name: row.name,
        createdAt: row.created_at,
        status: status ?? 'processing',
        processed: row.leads_processed,
        succeeded: row.leads_succeeded,
        failed: row.leads_failed,
        errors: reasons(row.error_messages),
      };
    },
    campaign(raw: unknown): Campaign {
      const row = read('campaign', CampaignRow, ['status', 'total_leads'], raw);
      const settings = settingsIn(row);
      return {
        id: row.id as CampaignId, // An id read off a campaign is a campaign's.
        name: row.name,
        status: (row.status ?? '').toLowerCase(),
        totalLeads: row.total_leads,
        settings,
        unreadable: campaignSwitches.filter((name) => settings[name] === undefined),
      };
    },
    person(raw: unknown): Person {
      const row = read('lead', PersonRow, ['status'], raw);
      const campaigns = row.lead_campaign_data?.map((one) => [one.campaign_id, one.emails_sent ?? 0] as const);
      return {
        id: row.id as PersonId, // An id read off a lead is a lead's.
        email: row.email.trim().toLowerCase(),
        status: (row.status ?? '').toLowerCase(),
        campaigns: campaigns ? new Map(campaigns) : null,
        emailsSent: row.emails_sent ?? 0,
      };
    },
    workspace(raw: unknown): { id: string | null; name: string | null; personalDomains: boolean | null } {
      const row = read('workspace', WorkspaceRow, [], raw);
      return { id: row.id ?? null, name: row.name, personalDomains: personalDomains(row) };
    },
    variable: (raw: unknown): string => read('custom variable', VariableRow, [], raw).name,
  };
}
export type Reader = ReturnType<typeof makeReader>;

/** A list's state from the API's or the pages' word for it; `null` where the word is new to us. */
export function listStatus(words: string): LeadList['status'] | null {
  if (/\b(un-?processed|queued|pending|waiting|not started|new)\b/i.test(words)) return 'unprocessed';
  if (/\b(processing|importing|running|in progress|uploading|started)\b/i.test(words)) return 'processing';
  if (/\b(processed|complete[d]?|done|finished|imported|success(ful)?|ready)\b/i.test(words)) return 'processed';
  return /\b(failed|failure|errors?|errored|cancel+ed|rejected)\b/i.test(words) ? 'failed' : null;
}

const settable: Readonly<Record<string, z.ZodType<boolean | number | string | null | undefined>>> = {
  plain_text: Switch,
  open_tracking: Switch,
  reputation_building: Switch,
  can_unsubscribe: Switch,
  include_auto_replies_in_stats: Switch,
  max_emails_per_day: Count,
  max_new_leads_per_day: Count,
  unsubscribe_text: Text,
  sequence_prioritization: Text,
};
/** Facts about a campaign that are no setting of it. */
const notSettings = /^(id|uuid|name|type|status|tags)$|_id$|_at$|^(is|has)_/;

/** Its settings: those we know, and switches we do not, for they too may go off when an update does not send them. */
function settingsIn(row: Readonly<Record<string, unknown>>): CampaignSettings {
  const settings: Record<string, boolean | number | string> = {};
  for (const [name, value] of Object.entries(row)) {
    const known = settable[name]?.safeParse(value).data;
    if (known !== undefined && known !== null) settings[name] = known;
    else if (!(name in settable) && typeof value === 'boolean' && !notSettings.test(name)) settings[name] = value;
  }
  return settings;
}

/** UNKNOWN where Bison says it: a switch of that name, the right way round. */
function personalDomains(row: Readonly<Record<string, unknown>>): boolean | null {
  const [name, value] = Object.entries(row).find(([key]) => /personal_?(email_?)?domain/i.test(key)) ?? [];
  const on = truths.get(value);
  if (name === undefined || on === undefined) return null;
  return /skip|block|exclude|disallow|forbid/i.test(name) ? !on : on;
}

const reasonsKept = 10;

/** Error messages in whatever shape, without a person in them. */
function reasons(raw: unknown): readonly string[] {
  const texts: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  collect(typeof raw === 'string' ? fromJson(raw) : raw);
  return cleaned(texts, 'in it');
}

function fromJson(text: string): unknown {
  try {
    return /^\s*[[{]/.test(text) ? JSON.parse(text) : text;
  } catch {
    return text;
  }
}

/** The vendor's own words, fit for a log and a card. */
export function cleaned(texts: readonly string[], people: PeopleIn = 'near'): readonly string[] {
  const words = texts.map((text) => withoutSecrets(text, [], people).replace(/\s+/g, ' ').slice(0, 200));
  return [...new Set(words)].filter((text) => text !== '').slice(0, reasonsKept);
}

/** The fields of a thing; of anything else none. */
export function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? (value as Record<string, unknown>) : {}; // Any object may be read by property name, so the cast is safe.
}

/** The thing in an answer, with or without its wrapper: `{data: {…}}`, `{lead_list: {…}}`, `[{…}]` or bare. */
export function thingIn(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.length === 1 ? thingIn(answer[0]) : answer;
  const record = toRecord(answer);
  if (record.id !== undefined) return answer;
  if (record.data !== undefined) return thingIn(record.data);
  const inside = Object.values(record).filter((value) => toRecord(value).id !== undefined);
  return inside.length === 1 ? inside[0] : answer;
}
