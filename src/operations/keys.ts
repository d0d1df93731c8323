import { randomBytes } from 'node:crypto';
import { InvalidInput } from '../../pipeline/errors.ts';
import { changeKeyFile, keyFile, keysOf, type KeySettings } from '../store/key-ring.ts';
import type { SealedStanding } from '../store/sealed.ts';
import type { Store } from '../store/index.ts';
import type { Who } from './who.ts';

type Keys = { readonly store: Pick<Store, 'keyFor' | 'runs' | 'sealed'>; readonly config: KeySettings };

/** Where the key is and what it opens; never the key. */
export async function keysLines({ store, config }: Keys): Promise<string[]> {
  const { previous } = keysOf(config)();
  const standing = await store.sealed.standing();
  return [
    config.CREDENTIALS_KEY
      ? 'The key is CREDENTIALS_KEY of the settings.'
      : `The key is in ${keyFile(config.DATA_DIR)}.`,
    `${standing.all - standing.old} of ${standing.all} stored secrets are sealed with it.`,
    previous.length === 0 ? 'There is no previous key.' : `Previous keys that still open: ${previous.length}.`,
    ...standing.lost.map((place) => `No key opens ${place}.`),
  ];
}

/**
 * Seals everything anew under a new key, while the app goes on: it reads with both. The key of the data folder is
 * changed here; CREDENTIALS_KEY is changed by whoever keeps the settings, and this seals what the one before it sealed.
 * Stopped in the middle, the same command goes on; nothing is ever left that no key opens.
 *
 * @throws InvalidInput where there is nothing to do yet, or a stored secret that no key opens
 */
export async function rotateKeys({ store, config }: Keys, who: Who): Promise<string[]> {
  const before = await store.sealed.standing();
  refuseLost(before);
  const goesOn = before.old > 0;
  if (config.CREDENTIALS_KEY && !goesOn) throw new InvalidInput(byHand.what, { todo: byHand.todo });
  // The purpose keys are made under the current key before it changes, because existing hashes were made with them.
  await store.keyFor('suppressions');
  await store.keyFor('links');
  if (!config.CREDENTIALS_KEY && !goesOn) {
    changeKeyFile(keyFile(config.DATA_DIR), ({ current, previous }) => ({
      current: randomBytes(32),
      previous: [current, ...previous],
    }));
  }
  const { anew, old, all } = await store.sealed.reseal();
  await store.runs.audit({ who: who.id, what: 'rotate keys', facts: { anew, old, all } });
  if (old > 0) {
    throw new InvalidInput(
      `${anew} secrets were sealed anew, but ${old} of ${all} are sealed with the old key: a process that knows only that one is at work.`,
      {
        todo: 'Restart every process with the same keys, then run "leadops keys rotate" again. Nothing is lost: both keys open.',
      },
    );
  }
  return [
    goesOn
      ? `Sealed ${anew} of ${all} stored secrets anew with the key there is.`
      : `There is a new key in ${keyFile(config.DATA_DIR)}; all ${all} stored secrets are sealed with it (${anew} anew).`,
    config.CREDENTIALS_KEY
      ? 'CREDENTIALS_KEY_PREVIOUS may go out of the settings now; restart the app then.'
      : 'The key before it stays in the file, for copies of the database from before: "leadops keys drop-previous" takes it out.',
    'Make a copy of the new key. Links that were given out and the list of people not to write to go on as they were.',
  ];
}

/** Takes the keys before the current one out of the file: what only they open (old copies of the database) is lost then. */
export async function dropPreviousKeys({ store, config }: Keys, who: Who): Promise<string> {
  if (config.CREDENTIALS_KEY) {
    throw new InvalidInput('The keys are in the settings, not in a file. Nothing was changed.', {
      todo: 'Take CREDENTIALS_KEY_PREVIOUS out of them and restart the app.',
    });
  }
  // Those of the file: one in the settings is taken out there.
  const { previous } = keysOf({ DATA_DIR: config.DATA_DIR })();
  const standing = await store.sealed.standing();
  refuseLost(standing);
  if (standing.old > 0) {
    throw new InvalidInput(`${standing.old} stored secrets are sealed with a previous key. Nothing was changed.`, {
      todo: 'Run "leadops keys rotate" first.',
    });
  }
  changeKeyFile(keyFile(config.DATA_DIR), ({ current }) => ({ current, previous: [] }));
  await store.runs.audit({ who: who.id, what: 'drop previous keys', facts: { dropped: previous.length } });
  return previous.length === 0
    ? 'There was no previous key. Nothing was changed.'
    : `Dropped ${previous.length} previous ${previous.length === 1 ? 'key' : 'keys'}; copies of the database from before the rotation need them.`;
}

function refuseLost({ lost }: SealedStanding): void {
  if (lost.length === 0) return;
  throw new InvalidInput(`No key opens ${lost.join(', ')}. Nothing was changed.`, {
    todo:
      'Give the key they were sealed with as CREDENTIALS_KEY_PREVIOUS (or as a line "previous <key>" in credentials.key), ' +
      'or, where it is lost, set these logins again with "leadops credentials set"; then try again.',
  });
}

const byHand = {
  what: 'CREDENTIALS_KEY is set in the settings, so that LeadOps cannot change it by itself. Nothing was changed.',
  todo:
    'Set CREDENTIALS_KEY to the output of "openssl rand -hex 32" and CREDENTIALS_KEY_PREVIOUS to the key there is now, ' +
    'restart the app, and run "leadops keys rotate" again: it seals everything anew.',
};
