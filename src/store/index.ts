import { makeApprovalStore, type ApprovalStore } from './approvals.ts';
import { makeValidationBatches } from './batches.ts';
import { makeCalendarStore, type CalendarStore } from './calendar.ts';
import { makeClientStore, type ClientStore } from './clients.ts';
import { makeCredentialStore, type CredentialStore } from './credentials.ts';
import { makeAttemptDb, makeDb, type Attempt, type Db } from './db.ts';
import { connectEmbedded } from './embedded/connect.ts';
import { makeFileStore, openBucket, type FileStore } from './files.ts';
import { makeIntentBatches } from './intent/batches.ts';
import { makeIntentBook } from './intent/book.ts';
import { makeCreditStore, type CreditStore } from './intent/credits.ts';
import { makeInboxStore, type InboxStore } from './inbox.ts';
import { makeLeadBook } from './leads/book.ts';
import { makeLeaseStore, type LeaseStore } from './leases.ts';
import { makeMessageStore, type MessageStore } from './messages.ts';
import { makeRunStore, type RunStore } from './runs/store.ts';
import { makePauseStore, type PauseStore } from './pauses.ts';
import { makeSourceStore, type SourceStore } from './sources.ts';
import { makeUploadBook } from './uploads/book.ts';
import { makeEvergreenBook } from './uploads/evergreen.ts';
import { makePeopleStore, type PeopleStore } from './uploads/people.ts';
import { makeSuppressions } from './uploads/suppressions.ts';
import { keysOf, type Keys } from './key-ring.ts';
import { makePurposeKeys, type PurposeKeys } from './purpose-keys.ts';
import { makeSealedStore, type SealedStore } from './sealed.ts';
import { makeCipher } from './secrets.ts';
import type { ValidationBatches } from '../../pipeline/ports/index.ts';
import type { LeadBook } from '../../pipeline/ports/leads.ts';
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
  readonly inbox: InboxStore;
  readonly files: FileStore;
  readonly calendar: CalendarStore;
  readonly pauses: PauseStore;
  /** Credits of the week that this clock has. */
  readonly credits: (clock: Clock) => CreditStore;
  readonly intentBook: IntentBook;
  readonly intentBatches: IntentBatches;
  readonly uploads: UploadBook;
  readonly evergreen: EvergreenBook;
  readonly suppressions: Suppressions;
  readonly people: PeopleStore;
  /**
   * The same store for one attempt at a run: what it writes is refused (TakenOver) once the run has another.
   * @param ending the process ends: what an attempt holds in its hands is not held any longer
   */
  readonly of: (attempt: Attempt, ending?: AbortSignal) => Store;
  /** Copies the embedded database while it is in use (embedded/backup.ts); null: a Supabase project has its own copies. */
  readonly copyTo: ((folder: string) => Promise<void>) | null;
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
    const project = { url: config.SUPABASE_URL, key: config.SUPABASE_SECRET_KEY ?? '', fetch };
    return open(project, config, keys, `Supabase at ${config.SUPABASE_URL}`, { copyTo: null, close: () => undefined });
  }
  const embedded = await connectEmbedded({ dataDir: config.DATA_DIR });
  return open(embedded, config, keys, `embedded database under ${config.DATA_DIR}`, embedded);
}

type Project = { readonly url: string; readonly key: string; readonly fetch: typeof fetch };

async function open(
  project: Project,
  config: StoreConfig,
  keys: Keys,
  where: string,
  { copyTo, close }: Pick<Store, 'copyTo' | 'close'>,
): Promise<Store> {
  const db = makeDb(project.url, project.key, project.fetch);
  await openBucket(db);
  const cipher = makeCipher(keys);
  const keyFor = makePurposeKeys(db, cipher, keys);
  const sealed = makeSealedStore(db, cipher);
  const over = (own: Db, ending?: AbortSignal): Store => ({
    where,
    runs: makeRunStore(own),
    approvals: makeApprovalStore(own),
    clients: makeClientStore(own),
    credentials: makeCredentialStore(own, cipher),
    leads: makeLeadBook(own),
    sources: makeSourceStore(own),
    batches: makeValidationBatches(own),
    leases: makeLeaseStore(own),
    messages: makeMessageStore(own),
    inbox: makeInboxStore(own, cipher),
    calendar: makeCalendarStore(own),
    pauses: makePauseStore(own),
    credits: (clock) => makeCreditStore(own, clock, db, ending),
    intentBook: makeIntentBook(own),
    intentBatches: makeIntentBatches(own, db, ending),
    uploads: makeUploadBook(own),
    evergreen: makeEvergreenBook(own),
    suppressions: makeSuppressions(own, () => keyFor('suppressions')),
    people: makePeopleStore(own),
    keyFor,
    sealed,
    files: makeFileStore(own, config.DATA_DIR),
    of: (attempt, end) => over(makeAttemptDb(project.url, project.key, attempt, project.fetch), end),
    copyTo,
    close,
  });
  return over(db);
}
