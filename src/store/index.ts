import { makeApprovalStore, type ApprovalStore } from './approvals.ts';
import { makeValidationBatches } from './batches.ts';
import { makeCalendarStore, type CalendarStore } from './calendar.ts';
import { makeClientStore, type ClientStore } from './clients.ts';
import { makeCredentialStore, type CredentialStore } from './credentials.ts';
import { makeDb, type Db } from './db.ts';
import { connectEmbedded } from './embedded/connect.ts';
import { makeFileStore, type FileStore } from './files.ts';
import { makeIntentBatches } from './intent/batches.ts';
import { makeIntentBook } from './intent/book.ts';
import { makeCreditStore, type CreditStore } from './intent/credits.ts';
import { makeLeadBook } from './leads.ts';
import { makeLeaseStore, type LeaseStore } from './leases.ts';
import { makeMessageStore, type MessageStore } from './messages.ts';
import { makeRunStore, type RunStore } from './runs.ts';
import { makeSourceStore, type SourceStore } from './sources.ts';
import { makeUploadBook } from './uploads/book.ts';
import { makeEvergreenBook } from './uploads/evergreen.ts';
import { makePeopleStore, type PeopleStore } from './uploads/people.ts';
import { makeSuppressions } from './uploads/suppressions.ts';
import { keysOf, type Keys } from './key-ring.ts';
import { makePurposeKeys, type PurposeKeys } from './purpose-keys.ts';
import { makeSealedStore, type SealedStore } from './sealed.ts';
import { makeCipher } from './secrets.ts';
import type { LeadBook, ValidationBatches } from '../../pipeline/ports/index.ts';
import type { IntentBatches, IntentBook } from '../../pipeline/ports/intent.ts';
import type { EvergreenBook, Suppressions, UploadBook } from '../../pipeline/ports/uploads.ts';
import type { Clock } from '../clock.ts';

/** The only place that talks to Supabase. */
export type Store = {
  readonly where: string;
  readonly runs: RunStore;
  readonly approvals: ApprovalStore;
  readonly clients: ClientStore;
  readonly credentials: CredentialStore;
  readonly leads: LeadBook;
  readonly sources: SourceStore;
  readonly batches: ValidationBatches;
  readonly leases: LeaseStore;
  readonly messages: MessageStore;
  readonly files: FileStore;
  readonly calendar: CalendarStore;
  /** Credits of the week that this clock has. */
  readonly credits: (clock: Clock) => CreditStore;
  readonly intentBook: IntentBook;
  readonly intentBatches: IntentBatches;
  readonly uploads: UploadBook;
  readonly evergreen: EvergreenBook;
  readonly suppressions: Suppressions;
  readonly people: PeopleStore;
  /** Keys of the app's own, by purpose. */
  readonly keyFor: PurposeKeys;
  readonly sealed: SealedStore;
  readonly close: () => void;
};

export type StoreConfig = {
  readonly SUPABASE_URL?: string | undefined;
  readonly SUPABASE_SECRET_KEY?: string | undefined;
  readonly CREDENTIALS_KEY?: string | undefined;
  readonly CREDENTIALS_KEY_PREVIOUS?: string | undefined;
  readonly DATA_DIR: string;
};

/** Opens the project of the settings, or the embedded one of the data folder. */
export async function openStore(config: StoreConfig): Promise<Store> {
  // First of all: with a damaged key nothing is started.
  const keys = keysOf(config);
  if (config.SUPABASE_URL) {
    const db = makeDb(config.SUPABASE_URL, config.SUPABASE_SECRET_KEY ?? '');
    return assemble(db, config, keys, `Supabase at ${config.SUPABASE_URL}`, () => undefined);
  }
  const embedded = await connectEmbedded({ dataDir: config.DATA_DIR });
  const db = makeDb(embedded.url, embedded.key, embedded.fetch);
  return assemble(db, config, keys, `embedded database under ${config.DATA_DIR}`, embedded.close);
}

async function assemble(db: Db, config: StoreConfig, keys: Keys, where: string, close: () => void): Promise<Store> {
  const cipher = makeCipher(keys);
  const keyFor = makePurposeKeys(db, cipher, keys);
  return {
    where,
    runs: makeRunStore(db),
    approvals: makeApprovalStore(db),
    clients: makeClientStore(db),
    credentials: makeCredentialStore(db, cipher),
    leads: makeLeadBook(db),
    sources: makeSourceStore(db),
    batches: makeValidationBatches(db),
    leases: makeLeaseStore(db),
    messages: makeMessageStore(db),
    calendar: makeCalendarStore(db),
    credits: (clock) => makeCreditStore(db, clock),
    intentBook: makeIntentBook(db),
    intentBatches: makeIntentBatches(db),
    uploads: makeUploadBook(db),
    evergreen: makeEvergreenBook(db),
    suppressions: makeSuppressions(db, () => keyFor('suppressions')),
    people: makePeopleStore(db),
    keyFor,
    sealed: makeSealedStore(db, cipher),
    files: await makeFileStore(db, config.DATA_DIR),
    close,
  };
}
