import { z } from 'zod';
import { InvalidInput } from '../../pipeline/errors.ts';
import { roles, type Day, type Role } from '../../pipeline/vocabulary.ts';
import type { Deps } from './deps.ts';
import { everyClient } from '../store/members.ts';
import { today } from '../clock.ts';
import { noted, type Done } from './noted.ts';
import { typedClient } from './typed.ts';
import { demand, type Asking } from './who-may.ts';
import type { Who } from './who.ts';

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

type Managing = Asking & { readonly store: Pick<Deps['store'], 'clients' | 'credentials' | 'runs'> };

const typedAs = { form: '`leadops members …`; `--help` says how each is written', nothing: 'Nothing was changed.' };

async function scopeFrom(deps: Managing, slug: string | undefined): Promise<string> {
  return slug === undefined || slug === everyClient ? everyClient : (await typedClient(deps, slug, typedAs)).slug;
}

/**
 * Gives a role, higher or lower than before. It holds from the next click on.
 * @throws Refused · InvalidInput where the words are wrong, or nobody could give roles any more
 */
export async function setMember(
  deps: Managing,
  who: Who,
  words: { readonly slackId: string; readonly role: string; readonly client?: string; readonly backup?: string },
): Promise<Done> {
  await demand(deps, who, 'admin', everyClient);
  return noted(deps, who, 'members set', async () => {
    const slackId = slackUser(words.slackId);
    const role = roles.find((one): one is Role => one === words.role);
    if (!role) {
      throw new InvalidInput(`"${words.role}" is no role.`, {
        todo: `Roles are ${roles.join(', ')}. Nothing was changed.`,
      });
    }
    const backup = words.backup === undefined ? null : slackUser(words.backup);
    if (backup === slackId) throw new InvalidInput('Nobody is their own backup. Nothing was changed.');
    const client = await scopeFrom(deps, words.client);
    const others = deps.config.LEADOPS_ADMINS.length > 0;
    const before = await deps.store.clients.setMember({ slackId, role, client, backup }, others);
    if (before === 'last admin') throw notTheLast();
    const was = before === null || before === role ? '' : ` (was ${before})`;
    return {
      says: `${slackId} is ${role} for ${whomWords(client)}${was}${backup === null ? '' : `; ${backup} stands in while they are away`}.`,
      subject: slackId,
      facts: { role, client, before, ...(backup && { backup }) },
    };
  });
}

/**
 * Takes a role away: of one client, or (without one) every role of the person. It holds from the next click on.
 * @throws Refused · InvalidInput where the words are wrong, or nobody could give roles any more
 */
export async function removeMember(
  deps: Managing,
  who: Who,
  words: { readonly slackId: string; readonly client?: string },
): Promise<Done> {
  await demand(deps, who, 'admin', everyClient);
  return noted(deps, who, 'members remove', async () => {
    const slackId = slackUser(words.slackId);
    const client = words.client === undefined ? null : await scopeFrom(deps, words.client);
    const firstAdmins = deps.config.LEADOPS_ADMINS;
    const gone = await deps.store.clients.removeMember(slackId, client, firstAdmins.length > 0);
    if (gone === 'last admin') throw notTheLast();
    // An owner needs no role: who left the agency could still change the password and answer for the login.
    const logins = client === null ? (await deps.store.credentials.disown(slackId)).join(', ') : '';
    const still = firstAdmins.includes(slackId) ? ` LEADOPS_ADMINS still names ${slackId} as admin.` : '';
    const owned =
      logins === ''
        ? ''
        : ` Nobody owns ${logins} any more; admins are asked instead, until "leadops credentials set … --owner" names somebody.`;
    if (gone.length === 0) {
      const where = client === null ? '' : ` for ${whomWords(client)}`;
      if (logins === '')
        return { says: `${slackId} had no role${where}. Nothing was changed.${still}`, changed: false };
      return { says: `${slackId} had no role.${owned}${still}`, subject: slackId, facts: { logins } };
    }
    const lost = gone.map((one) => `${one.role} for ${whomWords(one.client)}`).join(', ');
    return {
      says: `${slackId} is no longer ${lost}.${owned}${still}`,
      subject: slackId,
      facts: { roles: gone, ...(logins !== '' && { logins }) },
    };
  });
}

function dayFrom(text: string): Day {
  if (z.iso.date().safeParse(text).success) return text as Day; // just checked
  throw new InvalidInput(`"${text}" is no day.`, { todo: 'Write it as 2027-02-01. Nothing was changed.' });
}

type AwayWords = { readonly slackId: string; readonly from: string; readonly to: string; readonly backup?: string };

/**
 * Somebody is away for some days, both included: their backup has their roles, and gets what would ask them.
 * @throws Refused · InvalidInput where the words are wrong, or nobody would stand in
 */
export async function setAway(deps: Managing, who: Who, words: AwayWords): Promise<Done> {
  await demand(deps, who, 'admin', everyClient);
  return noted(deps, who, 'members away', async () => {
    const { slackId, from, to, backup } = absenceFrom(words, today(deps.clock));
    const theirs = (await deps.store.clients.members()).filter((member) => member.slackId === slackId);
    const owns = (await deps.store.credentials.list()).some(({ owner }) => owner === slackId);
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
    await deps.store.clients.saveAbsence({ slackId, from, to, backup, setBy: who.id });
    const instead = backup ?? [...new Set(theirs.flatMap((member) => member.backup ?? []))].join(', ');
    const bare = uncovered.map((member) => whomWords(member.client)).join(', ');
    return {
      says: `${slackId} is away from ${from} to ${to}; ${instead} stands in.${bare === '' ? '' : ` Nobody does for ${bare}: that role names no backup.`}`,
      subject: slackId,
      facts: { from, to, backup: instead },
    };
  });
}

/** @throws InvalidInput */
function absenceFrom(words: AwayWords, day: Day) {
  const slackId = slackUser(words.slackId);
  const [from, to] = [dayFrom(words.from), dayFrom(words.to)];
  if (to < from) throw new InvalidInput(`${to} is before ${from}. Nothing was changed.`);
  if (to < day) throw new InvalidInput(`${to} is over: today is ${day}. Nothing was changed.`);
  const backup = words.backup === undefined ? null : slackUser(words.backup);
  if (backup === slackId) throw new InvalidInput('Nobody is their own backup. Nothing was changed.');
  return { slackId, from, to, backup };
}

/** Somebody is back before the day that was said. */
export async function setBack(deps: Managing, who: Who, words: { readonly slackId: string }): Promise<Done> {
  await demand(deps, who, 'admin', everyClient);
  return noted(deps, who, 'members back', async () => {
    const slackId = slackUser(words.slackId);
    const was = await deps.store.clients.endAbsence(slackId);
    return was
      ? { says: `${slackId} is back.`, subject: slackId }
      : { says: `${slackId} was not away. Nothing was changed.`, changed: false };
  });
}
