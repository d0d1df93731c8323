import { z } from 'zod';
import { roles, type Member, type Role } from '../../pipeline/vocabulary.ts';
import { may, must, nullable, Refused, type Db } from './db.ts';
import { Standing, type Scope } from './members.ts';

/** What a refusal of ours means: nobody would be left who is admin for all. */
const lastAdmin = 'LR001';

/** `last admin` where nobody would be left who is admin for all: nothing was changed. */
async function unlessLastAdmin<T>(change: () => Promise<T>): Promise<T | 'last admin'> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof Refused && (error.code === lastAdmin || error.message.includes('last admin')))
      return 'last admin';
    throw error;
  }
}

/** Gives roles and takes them away. */
export function makeMembership(db: Db) {
  return {
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
                p_backup: nullable(member.backup),
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
              p_client: nullable(scope),
              p_other_admins: others,
            }),
          ),
        ),
      );
    },
  };
}
