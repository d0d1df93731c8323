import { execFile } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dropPreviousKeys, keysLines, rotateKeys } from '../../src/operations/keys.ts';
import { shell } from '../../src/operations/who.ts';
import { openStore, type Store } from '../../src/store/index.ts';
import { changeKeyFile, keyFile, keysOf } from '../../src/store/key-ring.ts';
import { makeCipher } from '../../src/store/secrets.ts';
import { makeSuppressions } from '../../src/store/uploads/suppressions.ts';
import { emptyDataDir, engines, openTestStore, type TestStore } from '../support/store.ts';

const [k1, k2, k3] = ['1a', '2b', '3c'].map((pair) => pair.repeat(32)) as [string, string, string]; // three, as written
const root = fileURLToPath(new URL('../..', import.meta.url));
const person = 'someone@lane.example';
const session = JSON.stringify({ cookies: 'c'.repeat(60_000) });

describe('a key file', () => {
  test.each([
    ['is empty', ''],
    ['holds half a key', '1a'.repeat(20)],
    ['holds something else', 'x'.repeat(64)],
    ['holds bytes', '\u0000\u0001\ufffd'],
    ['has a damaged line after the key', `${'1a'.repeat(32)}\nprevious 2b`],
  ])('that %s is refused, and left as it is', async (_what, text) => {
    const dataDir = emptyDataDir();
    writeFileSync(keyFile(dataDir), text);
    await expect(openStore({ DATA_DIR: dataDir })).rejects.toThrow(
      /credentials\.key is (empty|damaged).*Nothing was opened or changed/,
    );
    expect(readFileSync(keyFile(dataDir), 'utf8')).toBe(text);
  });

  test('that is a folder is said in words', async () => {
    const dataDir = emptyDataDir();
    mkdirSync(keyFile(dataDir));
    await expect(openStore({ DATA_DIR: dataDir })).rejects.toThrow(
      /credentials\.key cannot be read \(EISDIR\)\. Nothing was opened or changed/,
    );
  });

  test('opens what a key of the settings before it sealed, and goes on knowing it when the file changes', () => {
    const dataDir = emptyDataDir();
    const sealed = makeCipher(keysOf({ DATA_DIR: dataDir, CREDENTIALS_KEY: k1 })).seal('blue-heron-41');
    const cipher = makeCipher(keysOf({ DATA_DIR: dataDir, CREDENTIALS_KEY_PREVIOUS: k1 }));
    expect(cipher.open(sealed)).toBe('blue-heron-41');
    changeKeyFile(keyFile(dataDir), ({ current }) => ({ current: Buffer.from(k3, 'hex'), previous: [current] }));
    expect(cipher.open(sealed)).toBe('blue-heron-41');
    expect(readFileSync(keyFile(dataDir), 'utf8')).not.toContain(k1);
  });

  test('is made once, whoever starts first', async () => {
    const dataDir = emptyDataDir();
    const start = `import('${join(root, 'src/store/key-ring.ts')}').then(({ keysOf }) => console.log(keysOf({ DATA_DIR: '${dataDir}' })().current.toString('hex')))`;
    const run = () => promisify(execFile)(process.execPath, ['--import', 'tsx', '-e', start], { cwd: root });
    const said = await Promise.all([run(), run(), run()]);
    expect(new Set(said.map(({ stdout }) => stdout)).size).toBe(1);
    expect(said[0].stdout).toMatch(/^[0-9a-f]{64}\n$/);
  });

  test('of the settings that is none is refused too', () => {
    expect(() => keysOf({ DATA_DIR: '.', CREDENTIALS_KEY: 'abc' })).toThrow(/CREDENTIALS_KEY is damaged/);
  });
});

describe.each(engines)('keys rotate, on %s', (engine) => {
  let it: TestStore;
  const opened: Store[] = [];
  beforeAll(async () => {
    it = await openTestStore(engine);
  });
  afterAll(async () => {
    for (const store of opened) store.close();
    await it.close();
  });

  const open = async (settings: { CREDENTIALS_KEY?: string; CREDENTIALS_KEY_PREVIOUS?: string } = {}) => {
    const store = await openStore({ DATA_DIR: it.dataDir, ...settings });
    opened.push(store);
    return store;
  };
  const file = () => readFileSync(keyFile(it.dataDir), 'utf8');
  const login = { username: 'ops', secret: 'blue-heron-41', totp: 'JBSWY3DP', owner: null };
  const empty = async () => {
    await it.db.from('sealed_keys').delete().neq('purpose', '');
    await it.db.from('suppressions').delete().neq('hash', '');
    await it.db.from('site_credentials').delete().neq('site', '');
  };
  const fill = async (store: Store) => {
    await store.credentials.set('cole', 'TX', login);
    await store.credentials.saveSession('cole', 'TX', session);
    await store.suppressions.learn([person], 'forgotten', null);
  };
  /** Everything that was stored is there, and means what it meant. */
  const expectWhole = async (store: Store) => {
    expect(await store.credentials.get('cole', 'TX')).toEqual(login);
    expect(await store.credentials.session('cole', 'TX')).toBe(session);
    expect([...(await store.suppressions.among([person, 'other@lane.example']))]).toEqual([person]);
  };
  const digest = async () =>
    createHash('sha256')
      .update(JSON.stringify(await sealedTexts()))
      .digest('hex');
  const sealedTexts = async () => {
    const logins = await it.db.from('site_credentials').select('secret_encrypted,totp_encrypted,session_encrypted');
    const keys = await it.db.from('sealed_keys').select('sealed');
    return [...(logins.data ?? []), ...(keys.data ?? [])].flatMap((row) => Object.values(row));
  };

  test('leaves a running app, every login, every hash and every link as they were, and nothing under the old key', async () => {
    await empty();
    const app = await open();
    await fill(app);
    const links = await app.keyFor('links');
    const old = file().trim();
    expect((await rotateKeys({ store: await open(), config: { DATA_DIR: it.dataDir } }, shell())).join('\n')).toMatch(
      /new key.*5 stored secrets.*5 anew/s,
    );
    expect(file()).toMatch(new RegExp(`^[0-9a-f]{64}\nprevious ${old}\n$`));

    await expectWhole(app);
    await app.credentials.set('clay', '', login);
    const fresh = await open();
    await expectWhole(fresh);
    expect(await fresh.keyFor('links')).toEqual(links);
    const onlyOld = makeCipher(keysOf({ DATA_DIR: '', CREDENTIALS_KEY: old }));
    const texts = await sealedTexts();
    expect(texts).toHaveLength(8);
    expect(texts.filter((text) => text !== null && onlyOld.isCurrent(text))).toEqual([]);

    expect(await dropPreviousKeys({ store: fresh, config: { DATA_DIR: it.dataDir } }, shell())).toMatch(
      /Dropped 1 previous key/,
    );
    expect(file()).not.toContain(old);
    await expectWhole(app);
  });

  test('stopped in the middle, everything opens, and the same command goes on with the same key', async () => {
    await empty();
    await fill(await open());
    changeKeyFile(keyFile(it.dataDir), ({ current }) => ({ current: Buffer.from(k3, 'hex'), previous: [current] }));
    const between = await open();
    await between.credentials.set('clay', '', login);
    await expectWhole(between);
    await expect(dropPreviousKeys({ store: between, config: { DATA_DIR: it.dataDir } }, shell())).rejects.toThrow(
      /sealed with a previous key. Nothing was changed/,
    );
    expect((await rotateKeys({ store: between, config: { DATA_DIR: it.dataDir } }, shell())).join('\n')).toMatch(
      /Sealed 4 of 7 stored secrets anew/,
    );
    expect(file().startsWith(k3)).toBe(true);
    await expectWhole(await open({ CREDENTIALS_KEY: k3 }));
  });

  test('from the settings, it says what to do first, and then seals what the key before it sealed', async () => {
    await empty();
    await fill(await open({ CREDENTIALS_KEY: k1 }));
    const before = await digest();
    const one = { DATA_DIR: it.dataDir, CREDENTIALS_KEY: k1 };
    await expect(rotateKeys({ store: await open(one), config: one }, shell())).rejects.toThrow(
      /LeadOps cannot change it by itself. Nothing was changed/,
    );
    expect(await digest()).toBe(before);

    const both = { DATA_DIR: it.dataDir, CREDENTIALS_KEY: k2, CREDENTIALS_KEY_PREVIOUS: k1 };
    const app = await open(both);
    await expectWhole(app);
    expect((await keysLines({ store: app, config: both })).join('\n')).toMatch(
      /0 of 4 stored secrets.*Previous keys that still open: 1/s,
    );
    expect((await rotateKeys({ store: app, config: both }, shell())).join('\n')).toMatch(
      /Sealed 4 of 5.*CREDENTIALS_KEY_PREVIOUS may go/s,
    );
    await expectWhole(await open({ CREDENTIALS_KEY: k2 }));
  });

  test('with a key that opens nothing, nothing is changed, and it is said what cannot be opened', async () => {
    await empty();
    await fill(await open({ CREDENTIALS_KEY: k1 }));
    const before = await digest();
    const wrong = { DATA_DIR: it.dataDir, CREDENTIALS_KEY: k3 };
    await expect(rotateKeys({ store: await open(wrong), config: wrong }, shell())).rejects.toThrow(
      /No key opens site_credentials cole\/TX, sealed_keys suppressions. Nothing was changed/,
    );
    expect(await digest()).toBe(before);
  });

  test('what somebody did in Slack and is not done yet is sealed anew, too', async () => {
    await empty();
    const app = await open();
    await app.inbox.receive({ id: 'd1', kind: 'command', route: '/leadops', payload: 'status' }, 'gone', 60);
    await rotateKeys({ store: app, config: { DATA_DIR: it.dataDir } }, shell());
    await dropPreviousKeys({ store: app, config: { DATA_DIR: it.dataDir } }, shell());
    expect(await app.inbox.claim('next', 60, ['gone'])).toMatchObject({ id: 'd1', payload: 'status' });
  });

  test('a damaged text is named as one that no key opens', async () => {
    await empty();
    const store = await open({ CREDENTIALS_KEY: k1 });
    await fill(store);
    await it.db.from('site_credentials').update({ secret_encrypted: 'cut off' }).eq('site', 'cole');
    const settings = { DATA_DIR: it.dataDir, CREDENTIALS_KEY: k1 };
    expect((await keysLines({ store, config: settings })).join('\n')).toContain(
      'No key opens site_credentials cole/TX.',
    );
  });

  test('hashes from before there was a key for them go on matching, even where the key changed with the upgrade', async () => {
    await empty();
    // As the version before made them: keyed by what CREDENTIALS_KEY was.
    const derived = createHmac('sha256', Buffer.from(k1, 'hex')).update('leadops: suppressions').digest();
    await makeSuppressions(it.db, () => Promise.resolve(derived)).learn([person], 'forgotten', null);
    await expect((await open({ CREDENTIALS_KEY: k2 })).suppressions.among([person])).rejects.toThrow(
      /CREDENTIALS_KEY has changed/,
    );
    const both = await open({ CREDENTIALS_KEY: k2, CREDENTIALS_KEY_PREVIOUS: k1 });
    expect([...(await both.suppressions.among([person]))]).toEqual([person]);
    expect([...(await (await open({ CREDENTIALS_KEY: k2 })).suppressions.among([person]))]).toEqual([person]);
  });
});

test('two rotations at once, from the command line, lose nothing and print no key', async () => {
  const it = await openTestStore();
  await it.store.credentials.set('cole', 'TX', { username: 'ops', secret: 'blue-heron-41', owner: null });
  const rotate = () =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'keys', 'rotate'], {
      cwd: root,
      env: { ...process.env, DATA_DIR: it.dataDir },
    }).then(
      ({ stdout, stderr }) => stdout + stderr,
      (error: unknown) => String(error),
    );
  const said = (await Promise.all([rotate(), rotate()])).join('\n');
  expect(said).toMatch(/all 3 stored secrets are sealed with it/);
  const keys = readFileSync(keyFile(it.dataDir), 'utf8').match(/[0-9a-f]{64}/g) ?? [];
  expect(keys.filter((key) => said.includes(key))).toEqual([]);
  expect((await it.store.credentials.get('cole', 'TX'))?.secret).toBe('blue-heron-41');
  expect((await it.db.from('audit').select('what')).data).toContainEqual({ what: 'rotate keys' });
  await it.close();
});
