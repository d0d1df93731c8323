import { z } from 'zod';
import { may, must, type Db } from '../db.ts';

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

    /** The people of a month go, their counts stay. Answers how many rows went. */
    async retire(client: string, month: string): Promise<number> {
      return must(await db.rpc('retire_month', { p_client: client, p_month: month }));
    },
  };
}
