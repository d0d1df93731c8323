import { readFileSync, statSync } from 'node:fs';
import { text as readStream } from 'node:stream/consumers';
import { checkTotp } from '../../connectors/auth/totp.ts';
import { readClientZips } from '../../connectors/csv/client-zips.ts';
import { readHomes } from '../../connectors/csv/homes.ts';
import { readCsv } from '../../connectors/csv/read.ts';
import { number } from '../../blocks/kit.ts';
import { stateOf } from '../../pipeline/normalise/state.ts';
import { InvalidInput } from '../../pipeline/errors.ts';
import { parseMonth } from '../../pipeline/month.ts';
import { atOnce } from '../../pipeline/turns.ts';
import type { Client, Day } from '../../pipeline/vocabulary.ts';
import { findClient, nearestClient } from '../../pipeline/command-words.ts';
import type { Store } from '../store/index.ts';
import { sites, type Site } from '../store/credentials.ts';
import type { Done } from './audit.ts';
import { readClientsYaml } from './client-yaml.ts';

/** Set-up by command: every verb says what it did, in one line. */

export async function importClients(store: Store, path: string): Promise<Done> {
  const entries = readClientsYaml(readText(path));
  for (const { client, zips } of entries) {
    await store.clients.save(client);
    if (zips) {
      await store.clients.saveZips(client.slug, '*', [
        ...zips.approved.map((zip) => ({ zip, kind: 'approved' as const })),
        ...zips.preApproved
          .filter((zip) => !zips.approved.includes(zip))
          .map((zip) => ({ zip, kind: 'pre_approved' as const })),
      ]);
    }
  }
  const names = entries.map(({ client, zips }) => `${client.slug}${zips ? ` (${zips.approved.length} ZIPs)` : ''}`);
  return {
    says: `Imported ${entries.length} clients: ${names.join(', ')}.`,
    facts: { clients: entries.map(({ client }) => client.slug) },
  };
}

export async function importHomes(store: Store, path: string): Promise<Done> {
  const { homes, blank } = readHomes(atOnce(readCsv(readBytes(path))));
  const rows = [...homes].map(([zip, count]) => ({ zip, homes: count, state: stateOf(zip) }));
  await store.clients.saveHomes(rows);
  return {
    says: `Imported homes for ${number(rows.length)} ZIPs${blank > 0 ? ` (${number(blank)} of them blank, taken as 0)` : ''}.`,
    facts: { zips: rows.length },
  };
}

/** A client's ZIP list for one month, or several clients' in one file. */
export async function importZips(
  store: Store,
  path: string,
  monthText: string,
  today: Day,
  only?: string,
): Promise<Done> {
  const month = monthText === '*' ? '*' : parseMonth(monthText, today);
  if (!month) {
    throw new InvalidInput(`"${monthText}" is no month.`, {
      todo: 'Write it as 2027-03 (or * for the standing list). Nothing was imported.',
    });
  }
  const clients = await store.clients.all();
  const lists = readClientZips(atOnce(readCsv(readBytes(path))));
  const unknown = lists.filter((list) => !findClient(list.client, clients));
  if (unknown.length > 0) {
    const names = unknown.map((list) => {
      const near = nearestClient(list.client, clients);
      return near ? `${list.client} (did you mean ${near.slug}?)` : list.client;
    });
    throw new InvalidInput(`The file names clients that do not exist: ${names.join(', ')}.`, {
      todo: 'Correct the names or import the clients first. Nothing was imported.',
    });
  }
  const wanted = only === undefined ? undefined : await theClient(store, only);
  const done: string[] = [];
  for (const list of lists) {
    const client = findClient(list.client, clients);
    if (!client || (wanted && client.slug !== wanted.slug)) continue;
    await store.clients.saveZips(
      client.slug,
      month,
      list.zips.map((zip) => ({ zip, kind: 'approved' as const })),
    );
    done.push(`${client.slug} ${list.zips.length}`);
  }
  if (done.length === 0)
    throw new InvalidInput(`The file holds no ZIPs for ${only ?? 'any client'}. Nothing was imported.`);
  return {
    says: `Imported ZIP lists for ${month === '*' ? 'every month' : month}: ${done.join(', ')}.`,
    subject: month,
    facts: { lists: done },
  };
}

/** The second line of standard input, if digits can be made of it. */
function readGenerator(line: string): string {
  try {
    checkTotp(line);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput(line.trim() === '' ? 'The second line of standard input is empty.' : error.message, {
      todo: 'The second line is the secret that the vendor prints below its QR code, or the otpauth:// address in the code. Nothing was stored.',
    });
  }
  return line.replaceAll(/\s/g, '');
}

/** The secret comes from standard input, so that it is in no history and no process list. */
export async function setCredential(
  store: Store,
  site: string,
  state: string | undefined,
  options: { username: string; owner?: string; totp?: boolean },
): Promise<Done> {
  const known = sites.find((one): one is Site => one === site);
  if (!known)
    throw new InvalidInput(`"${site}" is no vendor.`, { todo: `Vendors are ${sites.join(', ')}. Nothing was stored.` });
  if (known === 'cole' && !/^[A-Za-z]{2}$/.test(state ?? '')) {
    throw new InvalidInput('Cole has a login per state.', {
      todo: 'Write: credentials set cole TX --username … . Nothing was stored.',
    });
  }
  if (process.stdin.isTTY) process.stderr.write('Type the secret, Enter, then Ctrl-D: ');
  const [secret = '', totp = ''] = (await readStream(process.stdin)).split(/\r?\n/);
  if (secret === '') {
    throw new InvalidInput('No secret came on standard input.', {
      todo: `For example: printf '%s' "$PASSWORD" | npm run -s leadops -- credentials set ${site} ${state ?? ''} --username … . Nothing was stored.`,
    });
  }
  const generator = options.totp ? readGenerator(totp) : null;
  const place = known === 'bison' ? (state ?? '') : (state ?? '').toUpperCase();
  await store.credentials.set(known, place, {
    username: options.username,
    secret,
    totp: generator,
    owner: options.owner ?? null,
  });
  return {
    says: `Stored the login ${known}${place ? `/${place}` : ''} (encrypted)${generator ? ' with its code generator' : ''}.`,
    subject: `${known}:${place}`,
    facts: { owner: options.owner ?? null },
  };
}

export async function theClient(store: Store, typed: string): Promise<Client> {
  const clients = await store.clients.all();
  const client = findClient(typed, clients);
  if (client) return client;
  const near = nearestClient(typed, clients);
  throw new InvalidInput(`There is no client "${typed}".`, {
    todo: near ? `Did you mean ${near.slug}? Nothing was done.` : 'leadops clients lists them. Nothing was done.',
  });
}

/** No list that a person imports is as large. */
const mostBytes = 100_000_000;

function readBytes(path: string): Buffer {
  try {
    const { size } = statSync(path);
    if (size <= mostBytes) return readFileSync(path);
  } catch {
    throw new InvalidInput(`The file ${path} cannot be read.`, { todo: 'Check the path. Nothing was imported.' });
  }
  throw new InvalidInput(`The file ${path} is larger than ${mostBytes / 1_000_000} MB.`, {
    todo: 'Look whether it is the right one. Nothing was imported.',
  });
}

const readText = (path: string) => readBytes(path).toString('utf8');
