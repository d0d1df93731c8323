import type { Db } from '../db.ts';
import { makeFinding } from './finding.ts';
import { makeHolding } from './holding.ts';
import { makeMemory } from './memory.ts';
import { makeRecords } from './records.ts';
import { makeTogether } from './together.ts';

export type RunStore = ReturnType<typeof makeRunStore>;

export function makeRunStore(db: Db) {
  return { ...makeFinding(db), ...makeHolding(db), ...makeMemory(db), ...makeRecords(db), ...makeTogether(db) };
}
