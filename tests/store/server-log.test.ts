import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { connectEmbedded } from '../../src/store/embedded/connect.ts';
import { withoutValues } from '../../src/store/embedded/quiet.mjs';
import { emptyDataDir } from '../support/store.ts';

test('the database’s log holds neither its keys nor a refused row, and what an older one left is gone', async () => {
  const dataDir = emptyDataDir();
  const file = join(dataDir, 'database', 'server.log');
  writeFileSync(file, 'Secret key sb_secret_old\nparams: [ "Marker Person" ]\n', { mode: 0o644 });
  const { url, key, stop } = await connectEmbedded({ dataDir });
  const write = (table: string, row: object) =>
    fetch(`${url}/rest/v1/${table}`, {
      method: 'POST',
      headers: { apikey: key, 'content-type': 'application/json' },
      body: JSON.stringify(row),
    });
  const refused = [
    await write('clients', { slug: 'marker-slug', name: 'Marker Person', tier: 'marker@example.com' }),
    await write('members', { slack_id: 'UMARKER', role: 'Marker Role', client: 'marker' }),
    await write('no_such_table', { name: 'Marker Person' }),
    await write('rpc/no_such_function', { name: 'Marker Person' }),
  ];
  expect(refused.filter((answer) => answer.ok)).toEqual([]);
  await stop();
  const log = readFileSync(file, 'utf8');
  expect(log).not.toMatch(/marker/i);
  const written = readFileSync(join(dataDir, 'database', 'keys.json'), 'utf8');
  const keys = Object.values(z.record(z.string(), z.string()).parse(JSON.parse(written)));
  for (const one of [...keys, 'sb_secret_old']) expect(log).not.toContain(one);
  // What is left is enough to look for: the kind of error and where in PostgreSQL it arose.
  expect(log).toMatch(/22P02 .*pg_strtoint32_safe/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('what a start says is kept without the values in it', () => {
  const said = withoutValues(
    [
      'Migration failed: 20260101000000_x.sql: could not create unique index "one_email"',
      'Key (email)=(ann@example.com) is duplicated.',
      'Failing row contains (1, Ann, Smith).',
      'error: invalid input syntax for type integer: "Ann"',
      'params: [ 1, "Ann" ]',
      'Secret key  sb_secret_abc-DEF_123',
    ].join('\n'),
    ['other-secret'],
  );
  expect(said).toContain('could not create unique index "one_email"');
  expect(said).not.toMatch(/ann|smith|abc-DEF/i);
});
