import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { thisPlace } from '../../place.mjs';

const Owner = z.object({
  host: z.string(),
  machine: z.string(),
  network: z.string(),
  pid: z.number(),
  since: z.string(),
});
export type Owner = z.output<typeof Owner>;

/** Who has the data folder's lock, as its server wrote down; null where it said nothing. */
export function ownerOf(folder: string): Owner | null {
  try {
    return Owner.parse(JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')));
  } catch {
    return null;
  }
}

/** The owner where its 127.0.0.1 is not ours, so that its server cannot be used from here; null where it can. */
export function otherOwner(folder: string): Owner | null {
  const owner = ownerOf(folder);
  const here = thisPlace();
  return owner && (owner.machine !== here.machine || owner.network !== here.network) ? owner : null;
}
