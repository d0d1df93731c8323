import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { connectEmbedded } from '../../src/store/embedded/connect.ts';
import { startOf } from '../../src/place.mjs';
import { lockFolder } from '../../src/store/embedded/lock.mjs';
import { openers, raceForFolder, startServer } from '../support/starts.ts';
import { emptyDataDir } from '../support/store.ts';

const taken = 75;
const onLinux = process.platform === 'linux' ? test : test.skip;
/** What a container is to this: process ids, network and host name of its own, the same disk. */
const container = ['unshare', '--pid', '--net', '--uts', '--fork', '--mount-proc', '--kill-child'];
const canContain = spawnSync('unshare', [...container.slice(1), 'true']).status === 0;
const withContainers = canContain ? test : test.skip;

async function until(what: string, holds: () => boolean, withinMs = 60_000): Promise<void> {
  for (const end = Date.now() + withinMs; !holds(); await pause(20)) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
  }
}

const isRunning = (pid: number) => startOf(pid) !== null;

onLinux('of many starts at once one opens the folder, and after kill -9 of it one of the next', async () => {
  const dataDir = emptyDataDir();
  for (let round = 0; round < 2; round += 1) {
    expect(await raceForFolder(dataDir, 50)).toEqual({ starts: 50, opened: 1, failed: 0 });
  }
});

onLinux('with every file of the lock deleted by somebody, a second server still leaves', async () => {
  const dataDir = emptyDataDir();
  const first = startServer(dataDir);
  await until('the first server', () => openers(dataDir).length === 1);
  for (const name of ['owner.json', 'server.pid', 'database.json', 'server.lock', 'data/postmaster.pid']) {
    rmSync(join(dataDir, 'database', name), { force: true });
  }
  expect(await once(startServer(dataDir), 'exit')).toEqual([taken, null]);
  expect(first.exitCode).toBeNull();
  first.kill('SIGKILL');
});

onLinux('a server killed while its migrations run keeps others out until they are over', async () => {
  const dataDir = emptyDataDir();
  const slow = mkdtempSync(join(dataDir, 'migrations-'));
  writeFileSync(
    join(slow, '20260101000000_slow.sql'),
    `do $$ declare till timestamptz := clock_timestamp() + interval '4 seconds'; begin while clock_timestamp() < till loop null; end loop; end $$;`,
  );
  rmSync(join(dataDir, 'database', 'data'), { recursive: true });
  rmSync(join(dataDir, 'database', 'applied.json'));
  rmSync(join(dataDir, 'database', 'supabase'), { recursive: true });
  const first = startServer(dataDir, [], slow);
  let migrating = 0;
  await until('the migrations', () => (migrating = openers(dataDir).find((pid) => pid !== first.pid) ?? 0) > 0);
  first.kill('SIGKILL');
  await once(first, 'exit');
  expect(await once(startServer(dataDir), 'exit')).toEqual([taken, null]);
  expect(isRunning(migrating)).toBe(true);
  await until('the end of the migrations', () => !isRunning(migrating));
  await until('the lock, now that it is over', () => {
    const lock = lockFolder(dataDir);
    if (lock !== null) closeSync(lock);
    return lock !== null;
  });
});

withContainers('from another container the folder is refused with who has it, and nothing is started', async () => {
  const dataDir = emptyDataDir();
  const other = startServer(dataDir, [...container, 'sh', '-c', 'hostname other-container && exec "$@"', 'sh']);
  await until('the other container’s server', () => openers(dataDir).length === 1);
  const refused = connectEmbedded({ dataDir, leavingMs: 500 });
  await expect(refused).rejects.toThrow(/Another LeadOps \(host other-container, since \d{4}-.*\) has the data folder/);
  await expect(refused).rejects.toMatchObject({
    todo: expect.stringMatching(/Nothing was started\. Stop that one first/),
  });
  // And the other way round: it is the same lock, whoever has it.
  other.kill('SIGKILL');
  await once(other, 'exit');
  const here = await connectEmbedded({ dataDir });
  expect(await once(startServer(dataDir, container), 'exit')).toEqual([taken, null]);
  await here.stop();
});

test('an address left by a killed server is not believed where somebody else answers at it now', async () => {
  const dataDir = emptyDataDir();
  const elsewhere = await connectEmbedded({ dataDir: emptyDataDir() });
  const folder = join(dataDir, 'database');
  mkdirSync(folder, { recursive: true });
  const { port } = new URL(elsewhere.url);
  // As after kill -9: the port is another program's now, which accepts connections and knows nothing.
  const answers = spawn(process.execPath, [
    '-e',
    'require("node:net").createServer().listen(0,"127.0.0.1",function(){console.log(this.address().port)})',
  ]);
  const [line] = (await once(answers.stdout, 'data')) as [Buffer];
  writeFileSync(
    join(folder, 'database.json'),
    JSON.stringify({ url: `http://127.0.0.1:${port}`, hold: Number(line.toString()), name: 'gone', password: 'gone' }),
  );
  const own = await connectEmbedded({ dataDir });
  expect(own.url).not.toBe(elsewhere.url);
  expect(JSON.parse(readFileSync(join(folder, 'database.json'), 'utf8'))).toMatchObject({ url: own.url });
  answers.kill();
  await own.stop();
  await elsewhere.stop();
});
