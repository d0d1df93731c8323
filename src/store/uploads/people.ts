import { z } from 'zod';
import { inBatches } from '../../../pipeline/in-batches.ts';
import { json, may, must, type Db } from '../db.ts';

/** Two names and what tells their person from others of these names: an address, a phone, a company. In lower case. */
const PersonMark = z.object({ first: z.string(), last: z.string(), at: z.string() });
export type PersonMark = z.output<typeof PersonMark>;

const Places = z.object({
  marks: z.array(PersonMark),
  /** Runs whose pictures, traces and files in progress may show the person. */
  runs: z.array(z.string()),
  /** Lists at Email Bison: `workspace: name`. */
  lists: z.array(z.string()),
  /** Tables at Clay. */
  tables: z.array(z.string()),
});
export type Places = z.output<typeof Places>;

/** Rows that were emptied, by what they were. */
const Forgotten = z.object({ leads: z.number(), contacts: z.number(), messages: z.number() });
export type Forgotten = z.output<typeof Forgotten>;

const Words = z.object({ messages: z.number(), contacts: z.number() });

export type PeopleStore = ReturnType<typeof makePeopleStore>;

/** People's rows as a whole: removing them (docs/sop.md#retention). */
export function makePeopleStore(db: Db) {
  return {
    /** Where a person is. @param email in lower case, here and below */
    async places(email: string): Promise<Places> {
      return Places.parse(must(await db.rpc('person_places', { p_email: email })));
    },

    /** Tables with rows that name the person, and how many; how many tables were searched. */
    async find(email: string, marks: readonly PersonMark[]): Promise<{ tables: number; found: Map<string, number> }> {
      const rows = must(await db.rpc('find_person', { p_email: email, p_marks: json(marks) }));
      const found = rows.filter((row) => row.hits > 0).map((row): [string, number] => [row.place, row.hits]);
      return { tables: rows.length, found: new Map(found) };
    },

    /** Removes the person from every row. Call `places` before: it finds nothing afterwards. */
    async forget(email: string): Promise<Forgotten> {
      return Forgotten.parse(must(await db.rpc('forget_person', { p_email: email })));
    },

    /** Months before this one that still hold people. */
    async monthsWithPeople(before: string): Promise<{ client: string; month: string }[]> {
      return may(await db.rpc('months_with_people', { p_before: before })) ?? [];
    },

    /** Kept files that hold people of a month: Cole's exports and what was sent to Clay. */
    async filesOf(client: string, month: string): Promise<string[]> {
      const exports = must(
        await db.from('lead_sources').select('file_key').match({ client, month }).not('file_key', 'is', null),
      );
      const batches = must(await db.from('validation_batches').select('file_key').match({ client, month }));
      return [...exports, ...batches].map((row) => row.file_key).filter((key) => key !== '');
    },

    /** Errors of runs that ended in pictures of a vendor's page, older than this; some hundred at a time. */
    async oldTraces(before: Date): Promise<{ id: number; files: string[] }[]> {
      const rows = must(
        await db
          .from('agent_errors')
          .select('id,screenshot,tree,trace')
          .lt('at', before.toISOString())
          .or('screenshot.not.is.null,tree.not.is.null,trace.not.is.null')
          .order('id')
          .limit(200),
      );
      return rows.map(({ id, screenshot, tree, trace }) => ({
        id,
        files: [screenshot, tree, trace].filter((key) => key !== null),
      }));
    },

    /** The error stays, its pictures are gone. */
    async tracesGone(ids: readonly number[]): Promise<void> {
      may(
        await db
          .from('agent_errors')
          .update({ screenshot: null, tree: null, trace: null })
          .in('id', [...ids]),
      );
    },

    /** Intent batches of before this day whose contacts are still named, with their file. */
    async batchesWithPeople(before: string): Promise<{ id: string; file_key: string }[]> {
      return may(await db.rpc('batches_with_people', { p_day: before })) ?? [];
    },

    /** The contacts of a batch go, its companies stay. Answers how many went. */
    async retireBatch(id: string): Promise<number> {
      return must(await db.rpc('retire_batch', { p_batch: id }));
    },

    /**
     * Words and contacts of runs that are over and belong to a month before `month`, or to a day before `day`; answers to
     * people that were sent before `old`.
     */
    async retireWords(month: string, day: string, old: Date): Promise<{ messages: number; contacts: number }> {
      const gone = await db.rpc('retire_words', { p_month: month, p_day: day, p_old: old.toISOString() });
      return Words.parse(must(gone));
    },

    /** Of these keys of kept files, those that no row names. */
    async unnamed(keys: readonly string[]): Promise<string[]> {
      const found: string[] = [];
      for (const some of inBatches(keys, 500)) {
        found.push(...must(await db.rpc('unnamed_files', { p_keys: [...some] })));
      }
      return found;
    },

    /** The people of a month go, their counts stay. Answers how many rows went. */
    async retire(client: string, month: string): Promise<number> {
      return must(await db.rpc('retire_month', { p_client: client, p_month: month }));
    },
  };
}
