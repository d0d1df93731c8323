import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import postgres from 'postgres';
import { connectEmbedded } from '../../src/store/embedded/connect.ts';
import { keptFolder } from './kept.ts';

export type Cluster = { readonly url: string; stop(): Promise<void> };

type Programs = { readonly bin: string; readonly user: { readonly uid: number; readonly gid: number } | undefined };

const migrated = 'leadops';

/** A PostgreSQL server of our own in `folder` with a migrated database in it, or the reason why there is none here. */
export async function startPostgres(folder: string): Promise<Cluster | { readonly missing: string }> {
  const programs = findPrograms();
  if ('missing' in programs) return programs;
  const version = execFileSync(join(programs.bin, 'postgres'), ['--version'], { encoding: 'utf8' }).replace(/\D+/g, '');
  const kept = await keptFolder(`postgres${version}`, (into) => makeCluster(programs, into));
  cpSync(kept, folder, { recursive: true });
  return startCluster(programs, folder);
}

/** A cluster that is there and stopped, and beside it what the embedded server keeps about a database in it. */
async function makeCluster(programs: Programs, folder: string): Promise<void> {
  // PostgreSQL runs as a user of its own and must reach its folder in here.
  chmodSync(folder, 0o711);
  const own = join(folder, 'own');
  mkdirSync(own);
  give(programs, own);
  execFileSync(
    join(programs.bin, 'initdb'),
    ['-D', join(own, 'cluster'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    { ...programs.user, stdio: 'ignore' },
  );
  const server = await startCluster(programs, folder);
  await makeDatabase(server.url, migrated, 'template1');
  const embedded = await connectEmbedded({ dataDir: folder, postgresUrl: `${server.url}/${migrated}` });
  await embedded.stop();
  await server.stop();
}

async function startCluster(programs: Programs, folder: string): Promise<Cluster> {
  const own = join(folder, 'own');
  give(programs, own);
  const data = join(own, 'cluster');
  chmodSync(data, 0o700);
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${own}`, 'fsync=off'];
  const server = spawn(
    join(programs.bin, 'postgres'),
    ['-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])],
    { ...programs.user, stdio: 'ignore' },
  );
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const url = `postgres://postgres@127.0.0.1:${port}`;
  await answers(`${url}/postgres`, server);
  return {
    url,
    stop: async () => {
      server.kill('SIGINT');
      await gone;
    },
  };
}

/** What PostgreSQL opens is its user's. */
function give({ user }: Programs, folder: string): void {
  if (!user) return;
  const inside = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  for (const path of [folder, ...inside]) chownSync(path, user.uid, user.gid);
}

/** A fresh, migrated database in the cluster; its address, and the folder of what the embedded server keeps about it. */
export async function copyDatabase(cluster: string): Promise<string> {
  const name = `t${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  await makeDatabase(cluster, name, migrated);
  return `${cluster}/${name}`;
}

async function makeDatabase(cluster: string, name: string, template: string): Promise<void> {
  const sql = postgres(`${cluster}/postgres`, { max: 1, onnotice: () => undefined });
  await sql.unsafe(`create database ${name} template ${template}`);
  await sql.end();
}

function findPrograms(): Programs | { readonly missing: string } {
  const shipped = '/usr/lib/postgresql';
  const versions = existsSync(shipped) ? readdirSync(shipped).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(shipped, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  const bin = folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
  if (!bin) return { missing: 'no PostgreSQL programs (initdb, postgres) are installed' };
  const user = process.getuid?.() === 0 ? postgresUser() : undefined;
  if (process.getuid?.() === 0 && !user)
    return { missing: 'PostgreSQL does not run as root, and there is no user postgres' };
  return { bin, user };
}

function postgresUser(): { uid: number; gid: number } | undefined {
  const id = (flag: string) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  const [uid, gid] = [id('-u'), id('-g')];
  return uid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined;
}

async function answers(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended with ${server.exitCode}`);
    const sql = postgres(url, { max: 1, connect_timeout: 2 });
    try {
      await sql`select 1`;
      return;
    } catch {
      await new Promise((again) => setTimeout(again, 50));
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
  throw new Error('PostgreSQL did not answer');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
