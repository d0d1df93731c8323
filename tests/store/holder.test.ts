import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { isGone, makeHolder } from '../../src/runs/holder.ts';

const source = new URL('../../src/runs/holder.ts', import.meta.url).href;
const root = fileURLToPath(new URL('../..', import.meta.url));
/** Says who it is as a holder, and lives until it is ended. */
const program = `import { makeHolder } from ${JSON.stringify(source)}; console.log(makeHolder()); setInterval(() => {}, 1000);`;
const words = ['--import', 'tsx', '--input-type=module', '-e', program];
const container = ['--pid', '--fork', '--mount-proc', '--kill-child', process.execPath];
const canContain = spawnSync('unshare', [...container.slice(0, 3), 'true']).status === 0;
const withContainers = canContain ? test : test.skip;
const onLinux = process.platform === 'linux' ? test : test.skip;

async function holderOf(program: string, before: readonly string[] = []) {
  const child = spawn(program, [...before, ...words], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, holder: line.toString().trim() };
}

test('a process of this machine is a holder while it runs, and gone at once when it was killed', async () => {
  const { child, holder } = await holderOf(process.execPath);
  expect(isGone(holder, makeHolder())).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isGone(holder, makeHolder())).toBe(true);
});

withContainers(
  'a holder in another container of the same host name is not gone, whatever its process id is',
  async () => {
    const { child, holder } = await holderOf('unshare', container);
    const [host, , , pid, start] = holder.split(':');
    const self = makeHolder();
    expect(self.startsWith(`${host}:`)).toBe(true);
    // Its id is 1 there or nearly so: here that is another process, or none.
    expect(isGone(holder, self)).toBe(false);
    expect(isGone(holder.replace(`:${pid}:${start}:`, `:${process.pid}:${start}:`), self)).toBe(false);
    expect(isGone(holder.replace(`:${pid}:${start}:`, `:4194303:${start}:`), self)).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
  },
);

test('another holder of this very process is not gone', () => {
  expect(isGone(makeHolder(), makeHolder())).toBe(false);
});

onLinux('a process that was given a dead one’s id is not taken for it', () => {
  const [host, machine, pids, pid] = makeHolder().split(':');
  expect(isGone(`${host}:${machine}:${pids}:${pid}:1:0badf00d`, makeHolder())).toBe(true);
});

test('a holder of another boot, another machine or an older LeadOps is waited out', () => {
  const [host = '', machine = '', pids, , start] = makeHolder().split(':');
  expect(isGone(`${host}:other-boot:${pids}:4194303:${start}:0badf00d`, makeHolder())).toBe(false);
  expect(isGone(`${host}:${machine}:${Number(pids) + 1}:4194303:${start}:0badf00d`, makeHolder())).toBe(false);
  expect(isGone(`${host}:4194303:0badf00d`, makeHolder())).toBe(false);
});
