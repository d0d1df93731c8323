import { escaped } from '../../blocks/kit.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import { hasBison } from './is-set-up.ts';
import type { Deps } from './deps.ts';
import { Refused } from './refused.ts';
import { isInactive } from './start-pull.ts';

type Looking = {
  readonly store: Pick<Deps['store'], 'credentials'>;
  readonly config: Pick<Deps['config'], 'BISON_URL'>;
};

/**
 * @param client null: all that are ready
 * @throws Refused where Email Bison is not set up, or this client is not ready for it
 */
export async function demandBison(deps: Looking, client: Client | null): Promise<void> {
  if (!(await hasBison(deps.store, deps.config))) {
    throw new Refused(
      'Email Bison is not set up here: BISON_URL or its login is missing. Nothing was started.',
      'Set BISON_URL, and store a token: `leadops credentials set bison "<workspace>" --username token` (or a login of the portal: `--username <e-mail>`).',
    );
  }
  if (client === null) return;
  if (!client.active) throw new Refused(`${isInactive(client)} Nothing was started.`);
  if (client.workspace !== null) return;
  throw new Refused(
    `${escaped(client.name)} has no workspace at Email Bison in its settings. Nothing was started.`,
    'Add `workspace:` to it and import it again: `leadops clients import <yaml>`.',
  );
}
