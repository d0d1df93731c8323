import type { Run } from '../../pipeline/run.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import type { RunContext } from '../../pipeline/workflow.ts';
import { lakeside } from './clients.ts';
import { sampleRun } from './samples.ts';

/**
 * A context that remembers nothing: every step does its work, nobody answers a question, and nothing is waited for twice.
 *
 * @param ports exactly those that are used
 */
export function contextOver<Used>(ports: Used, run: Run = sampleRun()): RunContext<Client, Used> {
  return {
    run,
    client: lakeside,
    ports,
    now: run.askedAt,
    signal: new AbortController().signal,
    step: (_name, work) => work(),
    once: (_name, work) => work(),
    until: (_name, look) => look(),
    openRound: () => Promise.resolve(),
    ask: () => Promise.resolve([]),
    progress: () => undefined,
    finished: () => undefined,
  };
}

/** For what a test does not expect to be asked. */
export function refuse(): never {
  throw new Error('this was not to be asked for');
}
