import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** This process as a holder of leases: `host:pid:word`. The word tells it from an earlier process of the same pid. */
export function makeHolder(): string {
  return `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`;
}

/**
 * Whether a holder is certainly gone: a process of this machine that no longer runs. Its lease need not be waited out.
 * A holder elsewhere may be alive for all we know.
 */
export function isGone(holder: string, self: string): boolean {
  if (holder === self) return false;
  const [host, pid] = holder.split(':');
  if (host !== hostname()) return false;
  // After a restart in a container the new process often has the old one's pid.
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
