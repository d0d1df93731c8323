import { randomBytes } from 'node:crypto';
import { InvalidInput } from '../../pipeline/errors.ts';
import type { Standing } from '../console/health.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/index.ts';

/**
 * The key that signs links, and how the app's keys stand. With another CREDENTIALS_KEY than the one the rows were sealed
 * with the app starts all the same, because Slack should have an answer; pulls and uploads will stop, and log and
 * health say why. Links live for minutes: one key for this process is enough for them then.
 */
export async function ownKeys(
  store: Pick<Store, 'keyFor'>,
  log: Log,
): Promise<{ readonly secret: Buffer; readonly standing: Standing }> {
  try {
    // Made with the first start, under the key there is then.
    await store.keyFor('suppressions');
    return { secret: await store.keyFor('links'), standing: { ok: true } };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    log.error({ todo: error.todo }, error.message);
    return {
      secret: randomBytes(32),
      standing: { ok: false, problem: 'CREDENTIALS_KEY is not the key that the stored logins were sealed with' },
    };
  }
}
