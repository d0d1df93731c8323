import { z } from 'zod';
import { batches, may, must, type Db } from '../db.ts';

const Forgotten = z.object({
  leads: z.number(),
  contacts: z.number(),
  /** Keys of kept files that hold the person. */
  files: z.array(z.string()),
  /** Lists at Email Bison: `workspace: name`. */
  lists: z.array(z.string()),
  /** Tables at Clay. */
  tables: z.array(z.string()),
});
export type Forgotten = z.output<typeof Forgotten>;

const Words = z.object({ messages: z.number(), contacts: z.number() });

export type PeopleStore = ReturnType<typeof makePeopleStore>;

/** People's rows as a whole: removing them (SPEC section 6). */
export function makePeopleStore(db: Db) {
  return {
    /** @param email in lower case */
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
      for (const some of batches(keys, 500)) {
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
