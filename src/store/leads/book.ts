import type { LeadBook } from '../../../pipeline/ports/leads.ts';
import type { Db } from '../db.ts';
import { makeCleaned } from './cleaned.ts';
import { makeExports } from './exports.ts';
import { makeJudging } from './judging.ts';
import { makeRowsIn } from './rows-in.ts';
import { makeTotals } from './totals.ts';
import { makeVerdicts } from './verdicts.ts';
import { makeZips } from './zips.ts';

/**
 * The lead tables. Every query names its client and month; rows of people travel in batches and never into logs.
 */
export function makeLeadBook(db: Db): LeadBook {
  return {
    ...makeExports(db),
    ...makeRowsIn(db),
    ...makeZips(db),
    ...makeJudging(db),
    ...makeVerdicts(db),
    ...makeTotals(db),
    ...makeCleaned(db),
  };
}
