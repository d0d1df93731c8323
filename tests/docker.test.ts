import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Whether `COPY . .` would take the file, by the rules of .dockerignore (docs.docker.com/build/concepts/context): a pattern
 * is matched from the root of the context, `*` and `?` stop at a slash, `**` does not; a folder takes all that is in it
 * with it; `!` takes back; the last line that matches decides.
 */
function isInImage(path: string): boolean {
  const parts = path.split('/');
  const itselfAndFolders = parts.map((_part, depth) => parts.slice(0, depth + 1).join('/'));
  let inside = true;
  for (const line of readFileSync(join(root, '.dockerignore'), 'utf8').split('\n')) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    const takesBack = text.startsWith('!');
    const pattern = asExpression(text.replace(/^!/, '').replace(/^\/|\/$/g, ''));
    if (itselfAndFolders.some((one) => pattern.test(one))) inside = takesBack;
  }
  return inside;
}

function asExpression(pattern: string): RegExp {
  const source = pattern.replaceAll(/\*\*\/|\*\*|\*|\?|[.+^${}()|[\]\\]/g, (found) => {
    if (found === '**/') return '(?:.*/)?';
    if (found === '**') return '.*';
    if (found === '*') return '[^/]*';
    return found === '?' ? '[^/]' : `\\${found}`;
  });
  return new RegExp(`^${source}$`);
}

test.each([
  '.env',
  '.env.local',
  '.env.production',
  'src/.env',
  'sandbox/main.ts',
  'credentials.key',
  'keys/credentials.key',
  'data/credentials.key.next',
  'mine/credentials.key.4711.1a2b3c4d',
  'mine/database.before-2027-01-15/data/base/1',
  'data/work/run-1.csv',
  '.envrc',
  '.npmrc',
  '.data/credentials.key',
  '.data/database/keys.json',
  'database/keys.json',
  'server.pem',
  'backups/leadops-2027-01-15.tar.gz',
  'leadops-2027-01-15.tar.gz',
  'nightly.backup',
  'trace.zip',
  'app.log',
  '.git/config',
  'node_modules/express/package.json',
])('the image holds no %s', (path) => {
  expect(isInImage(path)).toBe(false);
});

test('the image holds what the app runs on', () => {
  const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
  const needed = tracked.filter((path) => /^(src|pipeline|connectors|blocks|migrations)\//.test(path));
  expect(needed.length).toBeGreaterThan(300);
  expect([...needed, 'package.json', 'package-lock.json', '.env.example'].filter((path) => !isInImage(path))).toEqual(
    [],
  );
});

test('Docker asks whether the process answers, at the port it was given', () => {
  const check = /HEALTHCHECK .*/.exec(readFileSync(join(root, 'Dockerfile'), 'utf8'))?.[0] ?? '';
  expect(check).toContain("process.env.PORT||3000)+'/alive'");
});
