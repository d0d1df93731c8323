/*
 * The other side of `planGapApart`: what it is started with is the question, its one message the answer. Not in TypeScript,
 * because a thread must be told itself how to read our sources.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
const { planGap } = await import('./plan.ts');
parentPort?.postMessage(await planGap(workerData));
