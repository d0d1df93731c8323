import type { Download } from 'playwright';
import { VendorChanged } from '../../pipeline/errors.ts';
import { saveDownload } from './download.ts';
import { settle } from './settle.ts';
import { isGone, readLines, type Survey } from './survey.ts';
import { pause, surfaceOf, type Surface } from './surface.ts';
import { weighDownloads } from './weight.ts';

/** One press or setting on the way to a file; none is done twice. */
export type Act = { readonly key: string; perform(): Promise<void> };

export type Way = {
  /** What a person would do next on the page as it stands, or null. */
  next(surface: Surface, survey: Survey, done: ReadonlySet<string>): Act | null;
  /** Throws where the page says no. */
  refuse(surface: Surface, survey: Survey): Promise<void>;
  /** Whether the vendor has been asked for the file by now: from here on it may take its time. */
  asked(): boolean;
  /** Says why nothing can be done and nothing comes. */
  lost(surface: Surface): Promise<never>;
};

const preparing =
  /\b(preparing|generating|processing|building|exporting|being (created|prepared|generated)|please wait|in progress|queued|working on|creating your|one moment)\b/i;

/**
 * Goes the way to a file until it is whole at `to`: through menus, dialogs, pages and windows of their own, "your file is
 * being prepared" included.
 * @throws as `saveDownload`, and what the way throws
 */
export async function fileFrom(first: Surface, way: Way, to: string): Promise<void> {
  const downloads: Download[] = [];
  const catcher = (download: Download) => void downloads.push(download);
  const context = first.page.context();
  const mostBytes = first.largestFile;
  const scale = await weighDownloads(context, mostBytes);
  context.on('download', catcher);
  try {
    const download = await go(first, way, downloads);
    await saveDownload(download, to, { mostBytes, mostMs: first.patience.file, scale });
  } finally {
    context.off('download', catcher);
    scale.stop();
  }
}

async function go(first: Surface, way: Way, downloads: readonly Download[]): Promise<Download> {
  const done = new Set<string>();
  const end = performance.now() + first.patience.file;
  const arrived = () => downloads.at(0);
  let idleSince = performance.now();
  let blindSince: number | undefined;
  for (;;) {
    const download = arrived();
    if (download) return download;
    const surface = await newestWindow(first);
    const survey = await settle(surface, 5_000).catch((error: unknown) => {
      // A window may close itself once its file is on the way, and whoever is signed out then may still get the file.
      if (isGone(error) || surface.page.isClosed() || way.asked()) return null;
      throw error;
    });
    if (arrived()) continue;
    if (!survey) {
      blindSince ??= performance.now();
      if (performance.now() - blindSince > surface.patience.thing) return way.lost(surface);
      await pause(80);
      continue;
    }
    blindSince = undefined;
    if (way.asked()) await way.refuse(surface, survey);
    const act = way.next(surface, survey, done);
    if (act) {
      idleSince = performance.now();
      done.add(act.key);
      await act.perform().catch(async (error: unknown) => {
        if (isGone(error) || surface.page.isClosed()) return;
        if (!(error instanceof VendorChanged) || !(await movedOn(surface, survey))) throw error;
        done.delete(act.key); // It was done for the page before; where this page asks for it as well it has to be done again.
      });
      continue;
    }
    const idle = performance.now() - idleSince;
    const waits =
      survey.busy || surface.traffic.underway() > 0 || preparing.test((await readLines(surface)).join('\n'));
    const patience = way.asked() ? surface.patience.page : surface.patience.thing;
    if ((idle > patience && !(waits && way.asked())) || performance.now() > end) return way.lost(surface);
    await pause(80);
  }
}

/** Whether another page came between the look and the act: what was looked for is then gone for a good reason. */
async function movedOn(surface: Surface, survey: Survey): Promise<boolean> {
  const now = await settle(surface, 5_000).catch(() => null);
  return now === null || now.born !== survey.born;
}

/** Goes on in a window that opened, and in the one before when it closes. */
function newestWindow(surface: Surface): Promise<Surface> {
  const newest = surface.page
    .context()
    .pages()
    .filter((page) => !page.isClosed())
    .at(-1);
  return !newest || newest === surface.page ? Promise.resolve(surface) : surfaceOf(newest, surface);
}
