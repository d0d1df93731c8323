import type { Command } from 'commander';
import { today } from '../clock.ts';
import { removeMember, setAway, setBack, setMember } from '../operations/members.ts';
import { shell } from '../operations/who.ts';
import { membersLines } from '../reports/members.ts';
import { printing, verb } from './verb.ts';

type Backup = { readonly backup?: string };

/** Verbs about people and their roles. */
export function memberVerbs(program: Command): void {
  const members = program.command('members').description('people and their roles');
  verb(
    members,
    'looks',
    'list',
    'who may what, and who is away',
    printing(({ store, clock, config }) => membersLines(store, today(clock), config.LEADOPS_ADMINS)),
  );
  verb(
    members,
    'changes',
    'set <slackId> <role> [client]',
    'give a Slack user the role operator, approver or admin, for one client or all; a lower one too',
    printing(async (deps, slackId: string, role: string, client: string | undefined, { backup }: Backup) => {
      const words = { slackId, role, ...(client && { client }), ...(backup && { backup }) };
      return (await setMember(deps, shell(), words)).says;
    }),
  ).option('--backup <slackId>', 'who decides when this person is away');
  verb(
    members,
    'changes',
    'remove <slackId> [client]',
    'take a role away, for one client ("*": the one for all), or every role; at once',
    printing(async (deps, slackId: string, client?: string) => {
      return (await removeMember(deps, shell(), { slackId, ...(client && { client }) })).says;
    }),
  );
  verb(
    members,
    'changes',
    'away <slackId> <from> <to>',
    'from a day to a day (2027-02-01, both included) the backup has this person’s roles and questions',
    printing(async (deps, slackId: string, from: string, to: string, { backup }: Backup) => {
      return (await setAway(deps, shell(), { slackId, from, to, ...(backup && { backup }) })).says;
    }),
  ).option('--backup <slackId>', 'who stands in, for this time; otherwise the backup of each role');
  verb(
    members,
    'changes',
    'back <slackId>',
    'this person is back before the day that was said',
    printing(async (deps, slackId: string) => (await setBack(deps, shell(), { slackId })).says),
  );
}
