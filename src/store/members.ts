import { z } from 'zod';
import { roles, type Called, type Day, type Member, type Role } from '../../pipeline/vocabulary.ts';
import { all, may, must, type Db } from './db.ts';

/** Whose things somebody wants to act on: a client's (its slug), or those of all clients together. */
export type Scope = string;
export const everyClient: Scope = '*';

const MemberRow = z
  .object({ slack_id: z.string(), client: z.string(), role: z.enum(roles), backup: z.string().nullable() })
  .transform((row): Member => ({ slackId: row.slack_id, client: row.client, role: row.role, backup: row.backup }));

export const Standing = z.object({ client: z.string(), role: z.enum(roles) });

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
      return approversAmong(await onDuty(day), scope);
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
  };
}

/** The same, of those who are on duty that day. */
export function approversAmong(onDuty: readonly OnDuty[], scope: Scope): Called[] {
  const theirs = onDuty.filter(
    ({ role, client }) => role !== 'operator' && (client === scope || client === everyClient),
  );
  const called = theirs.map(({ slackId, acting }) => ({
    slackId: acting,
    insteadOf: acting === slackId ? null : slackId,
  }));
  const seen = new Set<string>();
  // Somebody who is called for their own role is not called a second time as a backup.
  return called
    .toSorted((a, b) => Number(a.insteadOf !== null) - Number(b.insteadOf !== null))
    .filter(({ slackId }) => !seen.has(slackId) && seen.add(slackId));
}
