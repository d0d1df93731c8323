import type { UploadBook } from '../../../pipeline/ports/uploads.ts';
import type { Db } from '../db.ts';
import { makeListedLeads } from './leads.ts';
import { makeLists } from './lists.ts';

/** Lists for Bison and the leads in them. Every query about leads names its client and month. */
export function makeUploadBook(db: Db): UploadBook {
  return { ...makeLists(db), ...makeListedLeads(db) };
}
