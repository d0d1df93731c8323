import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { subDays } from 'date-fns';

const name = /^leadops-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z\.backup$/;

/** A nightly copy's name: the moment it was begun, in UTC. */
export function nameAt(moment: Date): string {
  return `leadops-${moment.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z.backup`;
}

/** The copies of a folder, oldest first. Whatever bears another name is not ours. */
async function copiesIn(folder: string): Promise<readonly { readonly path: string; readonly made: Date }[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names
    .flatMap((one) => {
      const [, ...parts] = name.exec(one) ?? [];
      const [year, month, day, hour, minute, second] = parts;
      if (parts.length === 0) return [];
      return [{ path: join(folder, one), made: new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) }];
    })
    .toSorted((a, b) => a.made.getTime() - b.made.getTime());
}

/** The last two o'clock at night, by the machine's own wall clock. */
function lastNight(now: Date): Date {
  const night = new Date(now.getFullYear(), now.getMonth(), now.getDate(), 2);
  return night <= now ? night : new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1, 2);
}

/** Whether no copy was made since last night: being down at two o'clock does not skip one. */
export async function isDue(folder: string, now: Date): Promise<boolean> {
  const newest = (await copiesIn(folder)).at(-1);
  // A copy dated in the future was made while the clock was wrong, and does not count.
  return !newest || newest.made < lastNight(now) || newest.made > now;
}

/** Removes copies that are older than so many days, and what a killed copy left. The newest stays in any case. */
export async function rotate(folder: string, now: Date, days: number): Promise<number> {
  const old = (await copiesIn(folder)).slice(0, -1).filter(({ made }) => made < subDays(now, days));
  for (const { path } of old) await rm(path, { force: true });
  for (const left of await readdir(folder)) {
    if (/^leadops-.*\.backup\.unchecked(\.part)?$/.test(left)) await rm(join(folder, left), { force: true });
  }
  return old.length;
}

export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}
