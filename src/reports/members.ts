import { mention } from '../../blocks/kit.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import type { Store } from '../store/index.ts';
import { everyClient } from '../store/members.ts';

/** Who may what, and who stands in for whom on this day. */
export async function membersLines(
  store: Pick<Store, 'clients'>,
  day: Day,
  firstAdmins: readonly string[],
): Promise<string[]> {
  const rows = await store.clients.onDuty(day);
  const absences = new Map((await store.clients.absences()).map((absence) => [absence.slackId, absence]));
  const lines = rows.map(({ slackId, role, client, backup, acting }) => {
    const whom = client === everyClient ? 'all clients' : client;
    const away = absences.get(slackId);
    const notes = [
      ...(backup === null ? [] : [`backup ${mention(backup)}`]),
      ...(away && away.to >= day ? [`away ${away.from} to ${away.to}`] : []),
      ...(acting === slackId ? [] : [`${mention(acting)} stands in today`]),
    ];
    return `• ${mention(slackId)} *${role}* for ${whom}${notes.length > 0 ? ` · ${notes.join(' · ')}` : ''}`;
  });
  const named = firstAdmins.map((id) => `• ${mention(id)} *admin* for all clients · named by LEADOPS_ADMINS`);
  return lines.length + named.length === 0 ? ['Nobody has a role yet.'] : [...named, ...lines];
}
