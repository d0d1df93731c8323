import type { Role } from '../../pipeline/vocabulary.ts';
import type { Desk } from './desk.ts';
import { mayAct, roleOf } from './desk.ts';

/** What it takes to have a run's files: exports hold people, pictures and traces what was on the vendor's page. */
export const fileRole: Role = 'operator';

type Rows = Pick<Desk, 'store' | 'config'>;

/** Whether a person may have the files of a client's runs; those of runs that belong to no client need the role for all. */
export async function mayHaveFiles(desk: Rows, user: string, client: string | null): Promise<boolean> {
  return mayAct(await roleOf(desk, user, client ?? '*'), fileRole);
}

/** The same for one file, by its key. A key that tells no client, and one of a run that is gone, needs the role for all. */
export async function mayHaveFile(desk: Rows, user: string, key: string): Promise<boolean> {
  return mayHaveFiles(desk, user, await clientOf(desk, key));
}

/** Whose file it is: an export's key names the client, Clay's and a failure's evidence their run. */
async function clientOf({ store }: Pick<Desk, 'store'>, key: string): Promise<string | null> {
  const [kind = '', owner = ''] = key.split('/');
  if (kind === 'exports') return owner;
  const run = runId.test(owner) ? await store.runs.get(owner) : null;
  return run?.client ?? null;
}

const runId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
