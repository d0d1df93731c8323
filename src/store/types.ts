// npm run types         writes src/store/database.types.ts from the migrations
// npm run types:check   fails when it is not what the migrations give
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { generateTypescript, sortGeneratorMetadata } from '@supabase/postgrest-typegen/generation';
import { introspect } from '@supabase/postgrest-typegen/introspection';

const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));
const target = fileURLToPath(new URL('./database.types.ts', import.meta.url));

const database = await PGlite.create();
for (const name of readdirSync(migrations)
  .filter((file) => file.endsWith('.sql'))
  .sort()) {
  await database.exec(readFileSync(join(migrations, name), 'utf8'));
}
const metadata = await introspect(
  { query: async (sql) => ({ rows: (await database.query<Record<string, unknown>>(sql)).rows }) },
  { includedSchemas: ['public'] },
);
const types = await generateTypescript(sortGeneratorMetadata(metadata), { postgrestVersion: '12' });
await database.close();

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') === types) process.exit(0);
  process.stderr.write(
    'src/store/database.types.ts is not what the migrations give. Run "npm run types" and commit it.\n',
  );
  process.exit(1);
}
writeFileSync(target, types);
