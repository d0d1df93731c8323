import { readFileSync, statSync } from 'node:fs';
import { readClientZips } from '../../connectors/csv/client-zips.ts';
import { readHomes } from '../../connectors/csv/homes.ts';
import { readCsv } from '../../connectors/csv/read.ts';
import { number } from '../../blocks/kit.ts';
import { stateOf } from '../../pipeline/normalise/state.ts';
import { InvalidInput } from '../../pipeline/errors.ts';
import { parseMonth } from '../../pipeline/month.ts';
import { atOnce } from '../../pipeline/turns.ts';
import { findClient, nearestClient } from '../../pipeline/command-words.ts';
import { today } from '../clock.ts';
import { everyClient } from '../store/members.ts';
import type { Deps } from './deps.ts';
import { noted, type Done } from './noted.ts';
import { typedClient } from './typed.ts';
import { demand, type Asking } from './who-may.ts';
import type { Who } from './who.ts';
import { readClientsYaml } from './client-yaml.ts';

const typedAs = { form: '`leadops import-zips <csv> <month> --client <slug>`', nothing: 'Nothing was imported.' };

/* What is brought in from files. Each says what it did, in one line; a file that is wrong changes nothing. */

type Importing = Asking & { readonly store: Pick<Deps['store'], 'clients' | 'credentials' | 'runs'> };

export async function importClients(deps: Importing, who: Who, { path }: { readonly path: string }): Promise<Done> {
  await demand(deps, who, 'admin', everyClient);
  const { store } = deps;
  return noted(deps, who, 'clients import', async () => {
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
  });
}

export async function importHomes(deps: Importing, who: Who, { path }: { readonly path: string }): Promise<Done> {
  await demand(deps, who, 'admin', everyClient);
  const { store } = deps;
  return noted(deps, who, 'zips import', async () => {
    const { homes, blank } = readHomes(atOnce(readCsv(readBytes(path))));
    const rows = [...homes].map(([zip, count]) => ({ zip, homes: count, state: stateOf(zip) }));
    await store.clients.saveHomes(rows);
    return {
      says: `Imported homes for ${number(rows.length)} ZIPs${blank > 0 ? ` (${number(blank)} of them blank, taken as 0)` : ''}.`,
      facts: { zips: rows.length },
    };
  });
}

/** A client's ZIP list for one month, or several clients' in one file. */
export async function importZips(
  deps: Importing,
  who: Who,
  args: { readonly path: string; readonly month: string; readonly only?: string },
): Promise<Done> {
  await demand(deps, who, 'admin', everyClient);
  const { store } = deps;
  return noted(deps, who, 'import-zips', async () => {
    const { path, month: monthText, only } = args;
    const month = monthText === '*' ? '*' : parseMonth(monthText, today(deps.clock));
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
    const wanted = only === undefined ? undefined : await typedClient(deps, only, typedAs);
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
