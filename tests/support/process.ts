import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type AppProcess = {
  readonly pid: number;
  /** `kill -9`, and back when the process is gone. */
  kill(): Promise<void>;
  /** Ends it as a person would. */
  stop(): Promise<void>;
};

/** The app as `npm start` runs it, in a process of its own. Its log goes to `app.log` of the data folder. */
export async function startAppProcess(environment: Readonly<Record<string, string>>): Promise<AppProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'src/main.ts')], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, CHROMIUM_PATH: process.env.CHROMIUM_PATH, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log = join(environment.DATA_DIR ?? '', 'app.log');
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (bytes: Buffer) => {
      appendFileSync(log, bytes);
      said += bytes.toString();
      if (said.includes('LeadOps is running')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the app ended with ${code}: ${said.slice(-2_000)}`)));
  });
  return { pid: child.pid ?? 0, kill: () => end(child, 'SIGKILL', gone), stop: () => end(child, 'SIGTERM', gone) };
}

function end(child: ChildProcess, signal: NodeJS.Signals, gone: Promise<void>): Promise<void> {
  child.kill(signal);
  return gone;
}

/** What a running process was started with. */
export function argumentsOf(pid: number): readonly string[] {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
}
