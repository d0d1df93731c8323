import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import postgres from 'postgres';

export type Cluster = { readonly url: string; stop(): void };

/** A PostgreSQL server of our own in `folder`, or the reason why there is none here. */
export async function startPostgres(folder: string): Promise<Cluster | { readonly missing: string }> {
  const bin = findPrograms();
  if (!bin) return { missing: 'no PostgreSQL programs (initdb, postgres) are installed' };
  mkdirSync(folder, { recursive: true });
  const data = join(folder, 'cluster');
  const user = process.getuid?.() === 0 ? postgresUser() : undefined;
  if (process.getuid?.() === 0 && !user)
    return { missing: 'PostgreSQL does not run as root, and there is no user postgres' };
  const as = user ? { uid: user.uid, gid: user.gid } : {};
  if (user) chownSync(folder, user.uid, user.gid);
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...as,
    stdio: 'ignore',
  });
  const port = await freePort();
  const server = spawn(
    join(bin, 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=${folder}`,
      '-c',
      'fsync=off',
    ],
    { ...as, stdio: 'ignore' },
  );
  const url = `postgres://postgres@127.0.0.1:${port}`;
  await answers(`${url}/postgres`, server);
  return {
    url,
    stop: () => {
      server.kill('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A fresh, empty database in the cluster; its address. */
export async function makeDatabase(cluster: string): Promise<string> {
  const name = `t${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  const sql = postgres(`${cluster}/postgres`, { max: 1, onnotice: () => undefined });
  await sql.unsafe(`create database ${name}`);
  await sql.end();
  return `${cluster}/${name}`;
}

function findPrograms(): string | undefined {
  const shipped = '/usr/lib/postgresql';
  const versions = existsSync(shipped) ? readdirSync(shipped).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(shipped, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
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
