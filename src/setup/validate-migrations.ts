// npm run validate:migrations   applies every migration to an empty database and fails on what must not be
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';

const folder = fileURLToPath(new URL('../../migrations', import.meta.url));
const problems: string[] = [];
const files = readdirSync(folder).toSorted();

// Named as the Supabase CLI takes them, so that their order is their names'.
const stamps = new Set<string>();
for (const file of files.filter((name) => name !== 'README.md')) {
  const stamp = /^(\d{14})_[a-z0-9_]+\.sql$/.exec(file)?.[1];
  if (stamp === undefined) problems.push(`${file}: a migration is named YYYYMMDDHHMMSS_what_it_does.sql`);
  else if (stamps.has(stamp)) problems.push(`${file}: another migration bears the same time`);
  else stamps.add(stamp);
}

const database = await PGlite.create();
for (const file of files.filter((name) => name.endsWith('.sql'))) {
  try {
    await database.exec(readFileSync(join(folder, file), 'utf8'));
  } catch (error) {
    problems.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    break;
  }
}

/** What each query finds must not be; its column `what` names it. */
const forbidden: readonly (readonly [string, string])[] = [
  [
    'a table without row-level security',
    `select tablename as what from pg_tables where schemaname = 'public' and not rowsecurity`,
  ],
  [
    'a policy that lets somebody past the row-level security',
    `select tablename || ': ' || policyname as what from pg_policies where schemaname = 'public'`,
  ],
  [
    'a table that anon or authenticated may touch',
    `select table_name || ' (' || grantee || ' ' || privilege_type || ')' as what from information_schema.role_table_grants
     where table_schema = 'public' and grantee in ('anon', 'authenticated', 'PUBLIC')`,
  ],
  [
    'a function that anybody may call',
    `select p.oid::regprocedure::text || ' (' || r.rolname || ')' as what
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace, pg_roles r
     where n.nspname = 'public' and r.rolname in ('anon', 'authenticated')
       and has_function_privilege(r.oid, p.oid, 'execute')
       and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
  ],
];
for (const [rule, query] of problems.length > 0 ? [] : forbidden) {
  const { rows } = await database.query<{ what: string }>(query);
  problems.push(...rows.map(({ what }) => `${rule}: ${what}`));
}
await database.close();

if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exit(1);
}
process.stdout.write(
  `${stamps.size} migrations apply to an empty database; every table and function is closed to anon.\n`,
);
