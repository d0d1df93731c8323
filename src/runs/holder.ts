import { randomBytes } from 'node:crypto';
import { startOf, thisPlace } from '../place.mjs';

/**
 * This process as a holder of leases: `host:machine:pids:pid:start:word`. Machine and pids say where the process id
 * counts, start tells the process from another one that was given its id, and the word tells two holders of one process.
 */
export function makeHolder(): string {
  const { host, machine, pids } = thisPlace();
  return [host, machine, pids, process.pid, startOf(process.pid) ?? '', randomBytes(4).toString('hex')].join(':');
}

/**
 * Whether a holder is certainly gone: a process of this machine and of this container that no longer runs. Its lease need
 * not be waited out. A holder elsewhere may be alive for all we know, also one that bears our host's name and our process
 * id, as two containers do: its lease is waited out.
 */
export function isGone(holder: string, self: string): boolean {
  if (holder === self) return false;
  const [, machine, pids, pid, start, word] = holder.split(':');
  const here = thisPlace();
  // Written by an older LeadOps, or where the system does not say which machine this is: nothing is certain.
  if (!word || !here.machine || !here.pids || machine !== here.machine || pids !== here.pids) return false;
  const now = startOf(Number(pid));
  return now === null || (now !== '' && start !== '' && now !== start);
}

/** A holder as people know it: `process 4711 on worker-1`. */
export function holderWords(holder: string): string {
  const [host, , , pid] = holder.split(':');
  return pid === undefined ? holder : `process ${pid} on ${host}`;
}
