import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { GapInput, GapPlan } from './types.ts';

const worker = fileURLToPath(new URL('./worker.mjs', import.meta.url));

/**
 * `planGap` in a thread of its own: one call of the solver takes up to seconds and cannot be put aside, and meanwhile nobody
 * else would be served. The thread is there for this one plan.
 *
 * @throws what `planGap` throws, the reason of the signal where that ends it, and Error where the thread died
 */
export function planGapApart(input: GapInput, signal?: AbortSignal): Promise<GapPlan> {
  return new Promise<GapPlan>((resolve, reject) => {
    if (signal?.aborted === true) return reject(reasonOf(signal));
    // Without the flags of this process: its own way to read our sources may not work in a thread.
    const thread = new Worker(worker, { workerData: input, execArgv: [] });
    const stop = () => {
      if (signal) reject(reasonOf(signal));
      void thread.terminate();
    };
    signal?.addEventListener('abort', stop, { once: true });
    // Whichever comes first counts; the others find the promise settled.
    thread.once('message', (plan: GapPlan) => resolve(plan));
    thread.once('error', reject);
    thread.once('exit', (code) => {
      signal?.removeEventListener('abort', stop);
      reject(new Error(`The thread that plans the gap ended with ${code} and without a plan.`));
    });
  });
}

function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new Error(String(reason));
}
