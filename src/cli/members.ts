import { z } from 'zod';
import { InvalidInput } from '../../pipeline/errors.ts';
import { roles, type Day, type Role } from '../../pipeline/vocabulary.ts';
import type { Store } from '../store/index.ts';
import { everyClient } from '../store/members.ts';
import { commandLineUser, type Done } from './audit.ts';
import { theClient } from './set-up.ts';

/** @throws InvalidInput where it is no id of a Slack user */
function slackUser(id: string): string {
  if (/^[UW][A-Z0-9]+$/.test(id)) return id;
  throw new InvalidInput(`"${id}" is no Slack user id.`, {
    todo: 'It looks like U0123ABCD: in Slack, a profile’s menu has "Copy member ID". Nothing was changed.',
  });
}

const notTheLast = () =>
  new InvalidInput('This is the last admin for all clients: nobody could give roles any more.', {
    todo: 'Make somebody else admin first, or name one in LEADOPS_ADMINS. Nothing was changed.',
  });

const whomWords = (client: string) => (client === everyClient ? 'all clients' : client);

async function scopeFrom(store: Store, slug: string | undefined): Promise<string> {
  return slug === undefined || slug === everyClient ? everyClient : (await theClient(store, slug)).slug;
}

/** Gives a role, higher or lower than before. It holds from the next click on. */
export async function setMember(
  store: Store,
  words: { readonly slackId: string; readonly role: string; readonly client?: string; readonly backup?: string },
  firstAdmins: readonly string[],
): Promise<Done> {
  const slackId = slackUser(words.slackId);
  const role = roles.find((one): one is Role => one === words.role);
  if (!role) {
    throw new InvalidInput(`"${words.role}" is no role.`, {
      todo: `Roles are ${roles.join(', ')}. Nothing was changed.`,
    });
  }
  const backup = words.backup === undefined ? null : slackUser(words.backup);
  if (backup === slackId) throw new InvalidInput('Nobody is their own backup. Nothing was changed.');
  const client = await scopeFrom(store, words.client);
  const before = await store.clients.setMember({ slackId, role, client, backup }, firstAdmins.length > 0);
  if (before === 'last admin') throw notTheLast();
  const was = before === null || before === role ? '' : ` (was ${before})`;
  return {
    says: `${slackId} is ${role} for ${whomWords(client)}${was}${backup === null ? '' : `; ${backup} stands in while they are away`}.`,
    subject: slackId,
    facts: { role, client, before, ...(backup && { backup }) },
  };
}

/** Takes a role away: of one client, or every role of the person. It holds from the next click on. */
export async function removeMember(
  store: Store,
  id: string,
  slug: string | undefined,
  firstAdmins: readonly string[],
): Promise<Done> {
  const slackId = slackUser(id);
  const client = slug === undefined ? null : await scopeFrom(store, slug);
  const gone = await store.clients.removeMember(slackId, client, firstAdmins.length > 0);
  if (gone === 'last admin') throw notTheLast();
  // An owner needs no role: who left the agency could still change the password and answer for the login.
  const logins = client === null ? (await store.credentials.disown(slackId)).join(', ') : '';
  const still = firstAdmins.includes(slackId) ? ` LEADOPS_ADMINS still names ${slackId} as admin.` : '';
  const owned =
    logins === ''
      ? ''
      : ` Nobody owns ${logins} any more; admins are asked instead, until "leadops credentials set … --owner" names somebody.`;
  if (gone.length === 0) {
    const where = client === null ? '' : ` for ${whomWords(client)}`;
    if (logins === '') return { says: `${slackId} had no role${where}. Nothing was changed.${still}`, changed: false };
    return { says: `${slackId} had no role.${owned}${still}`, subject: slackId, facts: { logins } };
  }
  const lost = gone.map((one) => `${one.role} for ${whomWords(one.client)}`).join(', ');
  return {
    says: `${slackId} is no longer ${lost}.${owned}${still}`,
    subject: slackId,
    facts: { roles: gone, ...(logins !== '' && { logins }) },
  };
}

function dayFrom(text: string): Day {
  if (z.iso.date().safeParse(text).success) return text as Day; // just checked
  throw new InvalidInput(`"${text}" is no day.`, { todo: 'Write it as 2027-02-01. Nothing was changed.' });
}

/** Somebody is away for some days, both included: their backup has their roles, and gets what would ask them. */
export async function setAway(
  store: Store,
  words: { readonly slackId: string; readonly from: string; readonly to: string; readonly backup?: string },
  today: Day,
): Promise<Done> {
  const slackId = slackUser(words.slackId);
  const [from, to] = [dayFrom(words.from), dayFrom(words.to)];
  if (to < from) throw new InvalidInput(`${to} is before ${from}. Nothing was changed.`);
  if (to < today) throw new InvalidInput(`${to} is over: today is ${today}. Nothing was changed.`);
  const backup = words.backup === undefined ? null : slackUser(words.backup);
  if (backup === slackId) throw new InvalidInput('Nobody is their own backup. Nothing was changed.');
  const theirs = (await store.clients.members()).filter((member) => member.slackId === slackId);
  const owns = (await store.credentials.list()).some(({ owner }) => owner === slackId);
  if (theirs.length === 0 && !owns) {
    throw new InvalidInput(`${slackId} has no role and owns no login: there is nothing to stand in for.`, {
      todo: 'Look at "leadops members list". Nothing was changed.',
    });
  }
  const uncovered = theirs.filter((member) => backup === null && member.backup === null);
  if (backup === null && uncovered.length === theirs.length) {
    throw new InvalidInput(`${slackId} has no backup.`, {
      todo: `Name one: members away ${slackId} ${from} ${to} --backup U0123ABCD. Nothing was changed.`,
    });
  }
  await store.clients.saveAbsence({ slackId, from, to, backup, setBy: commandLineUser() });
  const who = backup ?? [...new Set(theirs.flatMap((member) => member.backup ?? []))].join(', ');
  const bare = uncovered.map((member) => whomWords(member.client)).join(', ');
  return {
    says: `${slackId} is away from ${from} to ${to}; ${who} stands in.${bare === '' ? '' : ` Nobody does for ${bare}: that role names no backup.`}`,
    subject: slackId,
    facts: { from, to, backup: who },
  };
}

export async function setBack(store: Store, id: string): Promise<Done> {
  const slackId = slackUser(id);
  const was = await store.clients.endAbsence(slackId);
  return was
    ? { says: `${slackId} is back.`, subject: slackId }
    : { says: `${slackId} was not away. Nothing was changed.`, changed: false };
}
