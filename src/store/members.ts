import { z } from 'zod';
import { roles, type Called, type Day, type Member, type Role } from '../../pipeline/vocabulary.ts';
import { all, may, must, Refused, type Db } from './db.ts';

/** Whose things somebody wants to act on: a client's (its slug), or those of all clients together. */
export type Scope = string;
export const everyClient: Scope = '*';

const MemberRow = z
  .object({ slack_id: z.string(), client: z.string(), role: z.enum(roles), backup: z.string().nullable() })
  .transform((row): Member => ({ slackId: row.slack_id, client: row.client, role: row.role, backup: row.backup }));

const Standing = z.object({ client: z.string(), role: z.enum(roles) });

const OnDuty = z
  .object({
    slack_id: z.string(),
    client: z.string(),
    role: z.enum(roles),
    backup: z.string().nullable(),
    away_until: z.string().nullable(),
    acting: z.string(),
  })
  .transform((row) => ({
    slackId: row.slack_id,
    client: row.client,
    role: row.role,
    backup: row.backup,
    /** The last day of an absence that holds now. */
    awayUntil: row.away_until as Day | null, // a date of the database is a day
    /** Who has the role now: the member, or who stands in. */
    acting: row.acting,
  }));
export type OnDuty = z.output<typeof OnDuty>;

/** What a refusal of ours means: nobody would be left who is admin for all. */
const lastAdmin = 'LR001';

export type Absence = {
  readonly slackId: string;
  readonly from: Day;
  readonly to: Day;
  /** Stands in for every role; null: whoever each role names. */
  readonly backup: string | null;
  readonly setBy: string;
};

/** Roles: who has which, and who stands in for whom on a day of the agency. */
export function makeMembers(db: Db) {
  const standing = async (slackId: string, day: Day) =>
    z.array(Standing).parse(must(await db.rpc('roles_on', { p_user: slackId, p_day: day })));
  const highest = (held: readonly { readonly role: Role }[]): Role | null =>
    roles[Math.max(-1, ...held.map(({ role }) => roles.indexOf(role)))] ?? null;
  const onDuty = async (day: Day): Promise<OnDuty[]> => {
    const rows = await all((from, to) =>
      db.rpc('members_on', { p_day: day }).order('slack_id').order('client').range(from, to),
    );
    return rows.map((row) => OnDuty.parse(row));
  };
  /** @returns null where nobody would be left who is admin for all: nothing was changed */
  const unlessLastAdmin = async <T>(change: () => Promise<T>): Promise<T | 'last admin'> => {
    try {
      return await change();
    } catch (error) {
      if (error instanceof Refused && (error.code === lastAdmin || error.message.includes('last admin')))
        return 'last admin';
      throw error;
    }
  };

  return {
    async members(): Promise<Member[]> {
      const rows = await all((from, to) =>
        db.from('members').select('*').order('slack_id').order('client').range(from, to),
      );
      return rows.map((row) => MemberRow.parse(row));
    },

    onDuty,

    /** The role a person has for a client, or for all of them (`everyClient`): only a role for all counts there. */
    async role(slackId: string, scope: Scope, day: Day): Promise<Role | null> {
      return highest((await standing(slackId, day)).filter(({ client }) => client === everyClient || client === scope));
    },

    /** The highest role a person has for any client: enough to look, never to act. */
    async highestRole(slackId: string, day: Day): Promise<Role | null> {
      return highest(await standing(slackId, day));
    },

    /** Who is called to decide for a client, or for all of them; who is away is not, their backup is. */
    async approversOf(scope: Scope, day: Day): Promise<Called[]> {
      const theirs = (await onDuty(day)).filter(
        ({ role, client }) => role !== 'operator' && (client === scope || client === everyClient),
      );
      const called = theirs.map(({ slackId, acting }) => ({
        slackId: acting,
        insteadOf: acting === slackId ? null : slackId,
      }));
      const seen = new Set<string>();
      // Whoever is called for themselves is not called for another as well.
      return called
        .toSorted((a, b) => Number(a.insteadOf !== null) - Number(b.insteadOf !== null))
        .filter(({ slackId }) => !seen.has(slackId) && seen.add(slackId));
    },

    /** Who is asked in a person's place on a day: their backup while they are away, else they themselves. */
    async actingFor(slackId: string, day: Day): Promise<string> {
      const away = may(
        await db
          .from('absences')
          .select('backup')
          .eq('slack_id', slackId)
          .lte('from_day', day)
          .gte('to_day', day)
          .maybeSingle(),
      );
      if (!away || away.backup !== null) return away?.backup ?? slackId;
      // The owner of a login may have several roles: the first that names somebody.
      return (await onDuty(day)).find((row) => row.slackId === slackId && row.acting !== slackId)?.acting ?? slackId;
    },

    async saveMember(member: Member): Promise<void> {
      may(
        await db.from('members').upsert({
          slack_id: member.slackId,
          client: member.client,
          role: member.role,
          backup: member.backup,
          updated_at: new Date().toISOString(),
        }),
      );
    },

    /**
     * Gives a role, higher or lower than before. A backup that is not named stays.
     *
     * @param others somebody is admin whatever the rows say (`LEADOPS_ADMINS`)
     * @returns the role before; `last admin`: nothing was changed
     */
    setMember(member: Member, others: boolean): Promise<Role | null | 'last admin'> {
      return unlessLastAdmin(async () =>
        z
          .enum(roles)
          .nullable()
          .parse(
            may(
              await db.rpc('set_member', {
                p_user: member.slackId,
                p_client: member.client,
                p_role: member.role,
                // The generated type takes no null where SQL does.
                p_backup: member.backup as string,
                p_other_admins: others,
              }),
            ),
          ),
      );
    },

    /**
     * Takes a person's role for a client (or for all, `everyClient`) away, or every role they have (null).
     *
     * @returns what they had; `last admin`: nothing was changed
     */
    removeMember(slackId: string, scope: Scope | null, others: boolean) {
      return unlessLastAdmin(async () =>
        z.array(Standing).parse(
          must(
            await db.rpc('remove_member', {
              p_user: slackId,
              // The generated type takes no null where SQL does.
              p_client: scope as string,
              p_other_admins: others,
            }),
          ),
        ),
      );
    },

    /** Away from one day to another, both included. A second absence takes the first one's place. */
    async saveAbsence({ slackId, from, to, backup, setBy }: Absence): Promise<void> {
      may(
        await db.from('absences').upsert({
          slack_id: slackId,
          from_day: from,
          to_day: to,
          backup,
          set_by: setBy,
          at: new Date().toISOString(),
        }),
      );
    },

    /** @returns false where they were not away */
    async endAbsence(slackId: string): Promise<boolean> {
      return must(await db.from('absences').delete().eq('slack_id', slackId).select('slack_id')).length > 0;
    },

    async absences(): Promise<readonly Absence[]> {
      const rows = must(await db.from('absences').select('*').order('slack_id'));
      return rows.map((row) => ({
        slackId: row.slack_id,
        from: row.from_day as Day, // a date of the database is a day
        to: row.to_day as Day,
        backup: row.backup,
        setBy: row.set_by,
      }));
    },
  };
}
