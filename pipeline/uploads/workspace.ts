import { InvalidInput } from '../errors.ts';
import type { Workspace } from '../ports/bison.ts';
import type { Client } from '../vocabulary.ts';

/** Where a client's leads go at Email Bison. */
export function workspaceOf(client: Pick<Client, 'name' | 'slug' | 'workspace'>): Workspace {
  if (client.workspace !== null) return client.workspace;
  throw new InvalidInput(`${client.name} has no workspace at Email Bison. Nothing was sent.`, {
    todo: `Add "workspace: <its name or id>" to ${client.slug} in the clients' YAML and import it, then retry.`,
  });
}
