import { NeedsHuman, Retryable } from '../../pipeline/errors.ts';
import { fileFrom, type Act, type Way } from '../browser/arrival.ts';
import { click, pointAt, pressIn } from '../browser/controls/press.ts';
import { giveUp, noteDrift } from '../browser/find.ts';
import type { Ladder } from '../browser/ladder.ts';
import { readLines, type Survey } from '../browser/survey.ts';
import type { Surface } from '../browser/surface.ts';
import { withoutSecrets } from '../browser/words.ts';
import * as on from './selectors.ts';

/** Actions → Export → Download CSV, whichever of the three the page shows first; the file is complete at `to`. */
export async function exportTable(surface: Surface, to: string): Promise<void> {
  const progress = { asked: false };
  const way: Way = {
    next: (at, survey, done) => nextAct(at, survey, done, progress),
    refuse,
    asked: () => progress.asked,
    lost: async (at) => {
      if (!progress.asked) return giveUp(at, on.downloadCsv.what);
      await at.explain(at);
      throw new Retryable('TIMEOUT', 'Clay was asked for the export and it did not come');
    },
  };
  await fileFrom(surface, way, to);
}

/** The nearest to the file that is on the page: the download itself, else the menus that lead there. */
function nextAct(
  surface: Surface,
  survey: Survey,
  done: ReadonlySet<string>,
  progress: { asked: boolean },
): Act | null {
  const place = `${surface.page.url()} ${survey.modal ? 'dialog' : 'page'}`;
  const there = (what: Ladder, how: string) =>
    pressIn(survey, what, {
      only: (seen) =>
        !['cell', 'column header', 'navigation'].includes(seen.place) &&
        !done.has(`${place} ${how} ${seen.own.join('|')}`),
    });
  const act = (what: Ladder, how: 'press' | 'point', asks: boolean): Act | null => {
    const found = there(what, how);
    if (!found) return null;
    return {
      key: `${place} ${how} ${found.seen.own.join('|')}`,
      perform: async () => {
        noteDrift(surface, what, found);
        if (asks) progress.asked = true;
        if (how === 'press') await click(surface, found.seen);
        else await pointAt(surface, found.seen, 2_000);
      },
    };
  };
  const opened = done.size > 0;
  const download = there(on.downloadCsv, 'press');
  // Before any menu was opened, a lone "Download" on the page belongs to something else.
  if (download && (opened || download.fit.rung === 0)) return act(on.downloadCsv, 'press', true);
  if (progress.asked) return survey.modal ? act(on.confirmExport, 'press', true) : null;
  const deeper = opened ? (act(on.exportItem, 'point', false) ?? act(on.exportItem, 'press', false)) : null;
  return deeper ?? act(on.actions, 'press', false);
}

async function refuse(surface: Surface, survey: Survey): Promise<void> {
  const said = [...survey.alerts, survey.modal?.text ?? ''].find((text) =>
    /\bexport\b.*\b(failed|could not|cannot|error)/i.test(text),
  );
  if (said !== undefined) {
    await surface.explain(surface);
    throw new Retryable('5XX', `Clay could not export: "${withoutSecrets(said).slice(0, 200)}"`);
  }
  const text = [
    ...survey.alerts,
    survey.modal?.text ?? '',
    ...(await readLines(surface)).filter((line) => line.length < 200),
  ].join('\n');
  if (
    /\b(e-?mail(ed)? (you|it to you|to you)|sent to your e-?mail|check your (e-?mail|inbox)|you.ll receive an e-?mail)\b/i.test(
      text,
    )
  ) {
    throw new NeedsHuman('DATA', 'Clay sends this export by e-mail instead of a download', {
      todo: 'Split the table, or fetch the file from the mailbox of the login.',
    });
  }
}
