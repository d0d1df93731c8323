import { InvalidInput } from '../../pipeline/errors.ts';
import { AnswerLost, EmptyRecords, enrichLimit, type Enriched } from '../../pipeline/ports/zoominfo.ts';
import type { Calls } from './calls.ts';
import { absent, fieldsOf, isRecord, pick, type Fields, type Names } from './fields.ts';
import { meant } from './refusal.ts';
import { Id } from './values.ts';

/** One of the two enrichments: how it is asked, and how a record of it is read. */
export type Enrichment<Id, Row> = {
  readonly path: string;
  /** `contacts`, for messages. */
  readonly what: string;
  /** `matchPersonInput: [{ personId }]`. */
  readonly input: { readonly list: string; readonly id: string };
  /** Asked for. Those that can be done without are left out when the vendor will not put them out. */
  readonly fields: { readonly needed: readonly string[]; readonly spare: readonly string[] };
  /** Fields every record has, by all their names: not there in any of several, they have gone. */
  readonly expected: Names;
  /** Without one record there is nothing to go on with (a lead is a person), or there is. */
  readonly essential: boolean;
  /** Whether there is anything in it that makes it a record. */
  readonly isEmpty: (fields: Fields) => boolean;
  readonly read: (fields: Fields, id: Id) => Row;
};

/**
 * One paid call (`enrichLimit` records at most), carried out once at most. A refusal of fields we can do without costs
 * nothing and is met by asking without them.
 */
export async function enrich<Id extends string, Row>(
  calls: Calls,
  kind: Enrichment<Id, Row>,
  ids: readonly Id[],
): Promise<Enriched<Id, Row>> {
  if (ids.length === 0 || ids.length > enrichLimit || new Set(ids).size < ids.length) {
    throw new InvalidInput(`${ids.length} ${kind.what} for one enrichment: from 1 to ${enrichLimit}, each once`);
  }
  const refused: string[] = [];
  for (;;) {
    const spare = kind.fields.spare.filter((field) => !refused.includes(field));
    try {
      const answer = await calls.paid(
        {
          method: 'POST',
          path: kind.path,
          body: {
            [kind.input.list]: ids.map((id) => ({ [kind.input.id]: id })),
            outputFields: [...kind.fields.needed, ...spare],
          },
        },
        ids.length,
      );
      return settle(kind, ids, answer, refused);
    } catch (error) {
      const spared = meant(error, spare);
      if (spared.length === 0) throw error;
      refused.push(...spared);
    }
  }
}

/** What the vendor says of one id. */
type Entry = { readonly input: unknown; readonly status: string; readonly records: readonly unknown[] };

function settle<Id extends string, Row>(
  kind: Enrichment<Id, Row>,
  ids: readonly Id[],
  answer: unknown,
  refusedFields: readonly string[],
): Enriched<Id, Row> {
  const entries = entriesIn(isRecord(answer) ? (answer.data ?? answer.result ?? answer.results) : answer);
  if (entries === null) throw new AnswerLost(`ZoomInfo's answer to ${kind.path} has no data`, ids.length);
  const records = new Map<Id, Row>();
  const [empty, nobody] = [new Set<Id>(), new Set<Id>()];
  const full: Fields[] = [];
  let strange = 0;
  entries.forEach((entry, place) => {
    const fields = fieldsOf(entry.records[0]);
    const id = idOf(kind, entry, fields, ids, entries.length === ids.length ? ids[place] : undefined);
    if (fields !== null && !kind.isEmpty(fields)) {
      if (id === undefined) strange += 1;
      else records.set(id, kind.read(fields, id));
      full.push(fields);
    } else if (id !== undefined) {
      if (entry.records.length === 0 && isNoMatch(entry.status)) nobody.add(id);
      else if (entry.records.length > 0 || entry.status !== '') empty.add(id);
    }
  });
  if (records.size === 0 && strange > 0) {
    throw new AnswerLost(`ZoomInfo's answer to ${kind.path} names none of the ${kind.what} we asked for`, ids.length);
  }
  // Only an entry that says so counts as "not known"; an id without any entry is an empty answer.
  if (records.size === 0) for (const id of ids) if (!nobody.has(id)) empty.add(id);
  if (records.size === 0 && empty.size > 0 && kind.essential) throw new EmptyRecords(kind.what, empty.size);
  return {
    records: [...records.values()],
    unmatched: ids.filter((id) => !records.has(id) && !empty.has(id)),
    empty: [...empty].filter((id) => !records.has(id)),
    unreadable: strange > 0 ? { [`${kind.input.id}: not asked for`]: strange } : {},
    credits: records.size + strange,
    missingFields: absent(full, kind.expected, 2),
    refusedFields,
  };
}

/** `{ result: [{ input, data, matchStatus }] }`, that in a list, the entries alone, or the records alone. */
function entriesIn(data: unknown): readonly Entry[] | null {
  if (Array.isArray(data)) return data.flatMap((one) => entriesIn(one) ?? []);
  if (!isRecord(data)) return null;
  const inner = data.result ?? data.results;
  if (inner !== undefined) return entriesIn(inner);
  if ('data' in data || 'input' in data || 'matchStatus' in data) {
    const records = Array.isArray(data.data) ? data.data : isRecord(data.data) ? [data.data] : [];
    return [{ input: data.input ?? data, status: text(data.matchStatus), records }];
  }
  const status = isRecord(data.meta) ? text(data.meta.matchStatus) : '';
  return [{ input: null, status, records: [data] }];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Statuses that mean "nobody found". "Out of credits" or "over a limit" are not among them. */
function isNoMatch(status: string): boolean {
  return /no[\s_-]*match|not[\s_-]*found|opt[\s_-]*out|invalid/i.test(status);
}

/** The id asked for: as the entry repeats it, as the record bears it; where neither says, by its place. */
function idOf<Known extends string, Row>(
  { input }: Enrichment<Known, Row>,
  entry: Entry,
  record: Fields | null,
  ids: readonly Known[],
  byPlace: Known | undefined,
): Known | undefined {
  const names = { id: [input.id, `${input.list}${input.id}`, 'id'] };
  const said = [fieldsOf(entry.input), record].flatMap((fields) => {
    const id = Id.safeParse(fields === null ? undefined : pick(fields, names).id);
    return id.success ? [id.data] : [];
  });
  return said.length === 0 ? byPlace : ids.find((id) => said.includes(id));
}
