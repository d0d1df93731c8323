// `node --import`: for a process of Supabase Lite's own that opens the embedded database (its migrations).
import { makeDurable } from './durable.mjs';

await makeDurable(() => undefined);
