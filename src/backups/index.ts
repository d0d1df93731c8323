import { join } from 'node:path';
import { schedule } from 'node-cron';
import type { Log } from '../log.ts';
import type { Store } from '../store/index.ts';
import { codeOf } from '../store/embedded/archive.ts';
import { backUp } from '../store/embedded/backup.ts';
import { isDue, makeFolder, nameAt, rotate } from './copies.ts';

/** At the 7th minute of every hour; whether a copy is due is a function of the clock and of the copies there are. */
const hourly = '7 * * * *';

export type BackupOptions = {
  readonly store: Pick<Store, 'copyTo' | 'runs'>;
  readonly dataDir: string;
  /** Where the copies go; `backups` of the data folder otherwise. */
  readonly folder?: string | undefined;
  /** How long they are kept; 0: none are made. */
  readonly days: number;
  readonly log: Log;
  /** Tells somebody that there is no new copy. The same words a day are the same message. */
  readonly tell: (message: { readonly purpose: string; readonly text: string }) => Promise<void>;
  /** Machine time. */
  readonly now?: () => Date;
};

export type Backups = {
  /** Makes a copy if one is due; answers whether it did. */
  tick(): Promise<boolean>;
  stop(): Promise<void>;
};

/** A copy of the embedded database every night. A Supabase project has copies of its own (docs/hosted-supabase.md). */
export function startBackups(options: BackupOptions): Backups {
  const { store, log, days, tell, now = () => new Date() } = options;
  const folder = options.folder ?? join(options.dataDir, 'backups');
  const { copyTo } = store;
  let working: Promise<boolean> = Promise.resolve(false);

  async function copyIfDue(): Promise<boolean> {
    if (!copyTo || days === 0) return false;
    const moment = now();
    try {
      await makeFolder(folder);
      if (!(await isDue(folder, moment))) return false;
      // Leftovers of a copy that was cut off are removed first, to make room.
      await rotate(folder, moment, days);
      const file = join(folder, nameAt(moment));
      const { files } = await backUp({ dataDir: options.dataDir, copyTo }, file);
      const removed = await rotate(folder, moment, days);
      log.info({ files: Object.keys(files).length, removed }, 'the database was copied');
      await store.runs.audit({ who: 'backup', what: 'copy the database', facts: { files: Object.keys(files).length } });
      return true;
    } catch (error) {
      const code = codeOf(error) ?? 'UNKNOWN';
      log.error({ code, err: error }, 'the database could not be copied; older copies stay');
      await tell({
        purpose: `backup failed, ${moment.toISOString().slice(0, 10)}`,
        text: `💾 Tonight's copy of the database could not be made: ${code === 'ENOSPC' ? 'the disk is full' : `error ${code}`}. Older copies stay; it is tried again every hour. Please look at the disk of BACKUP_DIR.`,
      }).catch((failed: unknown) => log.error({ err: failed }, 'nobody could be told'));
      return false;
    }
  }

  function tick(): Promise<boolean> {
    working = working.then(copyIfDue);
    return working;
  }

  const cron = schedule(hourly, () => void tick(), { noOverlap: true });
  return {
    tick,
    async stop() {
      await cron.destroy();
      await working;
    },
  };
}
