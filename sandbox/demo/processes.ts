import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const loader = ['--import', 'tsx'];

export type Environment = Readonly<Record<string, string>>;

/** The settings of the caller's shell must not reach the demo: it is the same story on any machine. */
function clean(environment: Environment): NodeJS.ProcessEnv {
  const kept = [
    'PATH',
    'HOME',
    'TMPDIR',
    'LANG',
    'TZ',
    'CHROMIUM_PATH',
    'NODE_EXTRA_CA_CERTS',
    'PLAYWRIGHT_BROWSERS_PATH',
  ];
  const ours = Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  return { ...ours, ...environment };
}

/** A long-running part of the demo: its log goes to a file, and it is started again when it dies. */
export function keepRunning(parts: {
  readonly script: string;
  readonly environment: Environment;
  readonly log: string;
  readonly onStart?: (pid: number, again: boolean) => void;
}): { stop(): Promise<void>; pid(): number } {
  mkdirSync(dirname(parts.log), { recursive: true });
  const log = createWriteStream(parts.log, { flags: 'a' });
  let child: ChildProcess;
  let stopping = false;
  const start = (again: boolean) => {
    child = spawn(process.execPath, [...loader, join(root, parts.script)], {
      cwd: root,
      env: clean(parts.environment),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    parts.onStart?.(child.pid ?? 0, again);
    child.once('exit', () => {
      if (!stopping) setTimeout(() => start(true), 1_000);
    });
  };
  start(false);
  return {
    pid: () => child.pid ?? 0,
    stop: () =>
      new Promise((resolve) => {
        stopping = true;
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

/** The stand-ins of the vendors, in a process of their own; answers the line of JSON they print. */
export async function startSandbox(
  names: readonly string[],
  environment: Environment,
): Promise<{ addresses: unknown; stop(): void }> {
  const child = spawn(process.execPath, [...loader, join(root, 'sandbox/main.ts'), ...names], {
    cwd: root,
    env: clean(environment),
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const addresses = await new Promise<unknown>((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      if (said.includes('\n')) resolve(JSON.parse(said.slice(0, said.indexOf('\n'))));
    });
    child.once('exit', (code) => reject(new Error(`the stand-ins ended with ${code}`)));
  });
  return { addresses, stop: () => child.kill('SIGTERM') };
}

/** One verb of the command line, as a person would type it; answers what it printed. */
export async function leadops(words: readonly string[], environment: Environment, input?: string): Promise<string> {
  const child = spawn(process.execPath, [...loader, join(root, 'src/cli/main.ts'), ...words], {
    cwd: root,
    env: clean(environment),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input ?? '');
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`leadops ${words.join(' ')}: ${said.trim()}`);
  return said.trim();
}
