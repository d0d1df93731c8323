import type { Role } from '../../pipeline/vocabulary.ts';
import { everyClient, type Scope } from '../store/members.ts';
import type { Deps } from './deps.ts';
import { mayAct, roleFor, scopeOf, type Asking } from './who-may.ts';

/** What it takes to have a run's files: exports hold people, pictures and traces what was on the vendor's page. */
export const fileRole: Role = 'operator';

type Rows = Asking & { readonly store: Pick<Deps['store'], 'runs'> };

/** Whether a person may have the files of the runs that touch a client, or all of them. */
export async function mayHaveFiles(deps: Rows, user: string, scope: Scope): Promise<boolean> {
  return mayAct(await roleFor(deps, user, scope), fileRole);
}

/** The same for one file, by its key. A key that tells no client, and one of a run that is gone, needs the role for all. */
export async function mayHaveFile(deps: Rows, user: string, key: string): Promise<boolean> {
  return mayHaveFiles(deps, user, await scopeOfFile(deps, key));
}

/** Whose file it is: an export's key names the client, Clay's and a failure's evidence their run. */
async function scopeOfFile({ store }: Pick<Rows, 'store'>, key: string): Promise<Scope> {
  const [kind = '', owner = ''] = key.split('/');
  if (kind === 'exports') return owner;
  const run = runId.test(owner) ? await store.runs.get(owner) : null;
  return run ? scopeOf(run) : everyClient;
}

const runId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
