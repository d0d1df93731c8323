import { NeedsHuman } from '../../../pipeline/errors.ts';
import type { Workspace, WorkspaceFacts } from '../../../pipeline/ports/bison.ts';
import type { Log } from '../../browser/log.ts';
import { squash } from '../../browser/words.ts';
import { thingIn, toRecord, type Reader } from '../schema.ts';
import { orNull, type Http } from './http.ts';

/**
 * The workspace a token works in, made sure of. A super-admin's token follows whoever switched last
 * (docs/vendors.md#bison-tokens): where it points elsewhere it is refused like another client's.
 * @throws NeedsHuman CHECK where it is another one than asked for; nothing was done there
 */
export async function confirmWorkspace(
  http: Http,
  read: Reader,
  log: Log,
  workspace: Workspace,
): Promise<WorkspaceFacts> {
  const answer = toRecord(await orNull(() => http.get('/users')));
  const account = toRecord(answer.data ?? answer);
  const facts = read.workspace(workspaceIn(account.workspace ?? account.team ?? account.current_workspace));
  if (facts.id === null && facts.name === null) {
    log.warn({ vendor: 'bison', workspace }, 'Bison does not say which workspace the token belongs to');
    return facts;
  }
  if (isCalled(facts, workspace)) return facts;
  const other = [facts.name, facts.id].filter((word) => word !== null).join(', id ');
  throw new NeedsHuman(
    'CHECK',
    `The token stored for "${workspace}" works in another workspace at Bison (${other}). Nothing was read or done there`,
    {
      todo: `Store the api-user token of "${workspace}", or set the client's workspace to the name Bison has for it.`,
      facts: { workspace },
    },
  );
}

/** Of an account: the workspace itself, or only its name or its number. Anything else gives none of the two. */
function workspaceIn(said: unknown): object {
  if (typeof said === 'number') return { id: said };
  if (typeof said === 'string' && said.trim() !== '')
    return /^\d+$/.test(said.trim()) ? { id: said.trim() } : { name: said };
  return toRecord(said);
}

/** Its id, or its name however it is spelt: `lakeside-insurance-group` is `Lakeside Insurance Group`. */
function isCalled({ id, name }: WorkspaceFacts, workspace: Workspace): boolean {
  return id === workspace.trim() || (name !== null && squash(name) === squash(workspace));
}

/** Whether it takes personal domains, where it says so: in the account's own words, else in the workspace's. */
export async function withPersonalDomains(http: Http, read: Reader, facts: WorkspaceFacts): Promise<WorkspaceFacts> {
  if (facts.personalDomains !== null || facts.id === null) return facts;
  const whole = await orNull(() => http.get(`/workspaces/${facts.id ?? ''}`));
  return whole === null ? facts : { ...facts, personalDomains: read.workspace(thingIn(whole)).personalDomains };
}
