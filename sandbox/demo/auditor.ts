import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@supabase/supabase-js';
import WebSocket from 'ws';
import { z } from 'zod';

/** The demo's database, read past the app: a client of its own with the project's secret key. */
export function openBooks(dataDir: string) {
  const read = (name: string) =>
    z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(join(dataDir, 'database', name), 'utf8')));
  const database = createClient(String(read('database.json').url), String(read('keys.json').secret), {
    auth: { persistSession: false },
    realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket },
  });
  return { database, ask };
}

/** The rows in the form that is expected. @throws where the database refuses, or answers something else */
async function ask<T>(
  what: PromiseLike<{ data: unknown; error: { message: string } | null }>,
  form: z.ZodType<T>,
): Promise<T> {
  const { data, error } = await what;
  if (error) throw new Error(error.message);
  return form.parse(data);
}
