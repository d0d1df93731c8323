import { InvalidInput } from '../../pipeline/errors.ts';
import type { Log } from './log.ts';

/** `on`: with Chromium's sandbox or not at all. `off`: never. `auto`: with it wherever it can be had. */
export type SandboxWish = 'auto' | 'on' | 'off';

/** What Chromium says where the machine lets it build no sandbox; read from its start-up log. */
const cannotBeHad = /sandboxing failed|No usable sandbox|crbug\.com\/(638180|357670)|Failed to move to new namespace/i;

const why = {
  root: 'the process runs as root, and Chromium has no sandbox for root',
  machine: 'this machine lets an ordinary process make no namespaces (a container needs a seccomp profile for that)',
} as const;

/**
 * Starts something with Chromium's sandbox where that works, and says once in the log where it does not. Playwright leaves
 * the sandbox out unless it is told otherwise, so every start goes through here.
 * @param isRoot whether the process is root's
 */
export function makeSandboxedLaunch(wish: SandboxWish, log: Log, isRoot = process.getuid?.() === 0) {
  let without: string | null = wish === 'off' ? 'CHROMIUM_SANDBOX is off' : isRoot ? why.root : null;
  let told = false;
  const tell = () => {
    if (!told) log.warn({ reason: without }, 'Chromium runs without its sandbox');
    told = true;
  };
  return async <T>(
    start: (sandbox: boolean) => Promise<T>,
  ): Promise<{ readonly started: T; readonly sandboxed: boolean }> => {
    if (without !== null && wish === 'on') throw refused(without);
    if (without === null) {
      try {
        return { started: await start(true), sandboxed: true };
      } catch (error) {
        if (!(error instanceof Error) || !cannotBeHad.test(error.message)) throw error;
        if (wish === 'on') throw refused(why.machine);
        without = why.machine;
      }
    }
    tell();
    return { started: await start(false), sandboxed: false };
  };
}

function refused(reason: string): InvalidInput {
  return new InvalidInput(`CHROMIUM_SANDBOX is on, and ${reason}. No browser was started`, {
    todo: 'Run LeadOps as an ordinary user on a machine with user namespaces, or set CHROMIUM_SANDBOX=auto.',
  });
}
