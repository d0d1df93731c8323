import { NeedsHuman, Retryable } from '../../pipeline/errors.ts';
import { exportLimit, TooManyRecords } from '../../pipeline/ports/cole.ts';
import { asksWhether } from '../browser/dialogs.ts';
import { fileFrom, type Act, type Way } from '../browser/arrival.ts';
import { chooseOption, wayToChoose } from '../browser/controls/choose.ts';
import { click, pressIn } from '../browser/controls/press.ts';
import { tick } from '../browser/controls/tick.ts';
import { giveUp, noteDrift, reach, type Found } from '../browser/find.ts';
import type { Ladder } from '../browser/ladder.ts';
import type { Kind, Seen } from '../browser/seen.ts';
import { readLines, type Survey } from '../browser/survey.ts';
import { expecting, type Surface } from '../browser/surface.ts';
import { saysOneOf, withoutSecrets } from '../browser/words.ts';
import { csvWithHeaders } from './options.ts';
import { fieldsTask } from './fields.ts';
import { exportRefusedWords, mailedWords, tooManyWords } from './schema.ts';
import * as on from './selectors.ts';

export type Ask = {
  readonly shown: number;
  readonly fieldsSet: boolean;
  readonly onAsk: (shown: number) => Promise<void>;
};

/** What is known of an export under way. */
type Progress = {
  asked: boolean;
  fieldsSet: boolean;
  /** What the page told before anything was asked: no answer to us. */
  readonly told: Set<string>;
};

/**
 * From selected records to a file that is whole at `to`: "Download to Computer", its format, its questions, its "your file is
 * ready". `onAsk` runs before the first press that may make the file.
 * @throws VendorChanged before anything was asked for · TooManyRecords · NeedsHuman, DataMismatch or Retryable where no
 *   file came
 */
export function askForFile(surface: Surface, ask: Ask, to: string): Promise<void> {
  const progress: Progress = { asked: false, fieldsSet: ask.fieldsSet, told: new Set() };
  const whether = asksWhether(
    /\b(download|export|order|records?|file|list|sure|continue|proceed|confirm)\b/i,
    ask.shown,
  );
  const way: Way = {
    next: (at, survey, done) => nextAct(at, survey, done, ask, progress),
    refuse: (at, survey) => refuse(at, survey, ask.shown, progress.told),
    asked: () => progress.asked,
    lost: async (at) => {
      if (!progress.asked) return giveUp(at, on.download.what);
      await at.explain(at);
      throw new Retryable('TIMEOUT', 'Cole was asked for the file and it did not come');
    },
  };
  return expecting(surface, whether, () => fileFrom(surface, way, to));
}

const pressKinds: readonly Kind[] = ['button', 'link', 'menuitem', 'clickable', 'tab', 'option'];

function nextAct(
  surface: Surface,
  survey: Survey,
  done: ReadonlySet<string>,
  ask: Ask,
  progress: Progress,
): Act | null {
  const place = `${surface.page.url()} ${survey.modal ? 'dialog' : 'page'}`;
  const once = (key: string, perform: () => Promise<void>): Act | null =>
    done.has(`${place} ${key}`) ? null : { key: `${place} ${key}`, perform };
  const keyOf = (seen: Seen) => `press ${seen.own.join('|')}`;
  const there = (what: Ladder) =>
    pressIn(survey, what, {
      kinds: pressKinds,
      only: (seen) => seen.place !== 'navigation' && !done.has(`${place} ${keyOf(seen)}`),
    });
  const press = (what: Ladder, found: Found | undefined, mayMake: boolean): Act | null =>
    found
      ? once(keyOf(found.seen), async () => {
          if (mayMake) await announce(surface, ask, progress);
          noteDrift(surface, what, found);
          await click(surface, found.seen);
        })
      : null;

  if (!progress.asked) for (const text of survey.alerts) progress.told.add(text);
  if (!progress.fieldsSet) {
    const set = fieldsTask(surface).here(survey);
    if (set) return { key: `${place} fields`, perform: () => set().then(() => void (progress.fieldsSet = true)) };
  }
  const setting = settingAct(surface, survey, once);
  if (setting) return setting;
  if (progress.asked) {
    const csv = wayToChoose(survey, on.fileFormat, csvWithHeaders) ? undefined : csvItem(survey);
    const item = csv ? once(keyOf(csv), () => click(surface, csv)) : null;
    return item ?? press(on.makeFile, there(on.makeFile), true) ?? press(on.fileReady, there(on.fileReady), true);
  }
  const radios = reach(survey, on.download, ['radio']).filter(({ fit }) => fit.distance < 2);
  const [radio] = radios;
  if (radio && radio.seen.checked !== true) return once('way', () => tick(surface, radio.seen, true, on.download.what));
  const main = there(on.download);
  if (main) return press(on.download, main, !opensMenu(main.seen));
  return radio ? press(on.makeFile, there(on.makeFile), true) : press(on.downloadWays, there(on.downloadWays), false);
}

/** The last moment before the vendor may make the file. @throws VendorChanged where the fields were never chosen */
async function announce(surface: Surface, ask: Ask, progress: Progress): Promise<void> {
  if (progress.asked) return;
  if (!progress.fieldsSet) return giveUp(surface, 'field selection');
  await ask.onAsk(ask.shown);
  progress.asked = true;
}

/** A button that says it opens a menu makes no file by itself. */
function opensMenu(seen: Seen): boolean {
  return seen.popup && seen.expanded !== null;
}

/** An entry of a menu that names the format. */
function csvItem(survey: Survey): Seen | undefined {
  return survey.seen.find(
    ({ kind, own }) =>
      ['menuitem', 'option', 'button', 'clickable'].includes(kind) &&
      own.some((text) => saysOneOf(text, csvWithHeaders.says) && !/sample|template/i.test(text)),
  );
}

/** Format, headers, "all records": what is asked before the file is made, wherever it is asked. */
function settingAct(
  surface: Surface,
  survey: Survey,
  once: (key: string, perform: () => Promise<void>) => Act | null,
): Act | null {
  const format = wayToChoose(survey, on.fileFormat, csvWithHeaders);
  const named = format && format.found.fit.rung < on.fileFormat.rungs.length;
  if (named && (format.how !== 'open' || isTrigger(format.found))) {
    const act = once('format', () => chooseOption(surface, on.fileFormat, csvWithHeaders, 0));
    if (act) return act;
  }
  const off = (what: Ladder, kinds: readonly Kind[]) =>
    reach(survey, what, kinds).find(({ seen, fit }) => fit.distance < 2 && seen.checked === false)?.seen;
  const headers = off(on.withHeaders, ['checkbox', 'toggle', 'radio']);
  const header = headers ? once('headers', () => tick(surface, headers, true, on.withHeaders.what)) : null;
  if (header) return header;
  const all = off(on.allRecords, ['radio']);
  return all ? once('all', () => tick(surface, all, true, on.allRecords.what)) : null;
}

/** A drop-down with "Format" beside it; a button that merely says so may do anything. */
function isTrigger({ seen, fit }: Found): boolean {
  return seen.kind === 'combobox' || seen.popup || (fit.distance >= 1 && fit.distance < 2);
}

/** The vendor says no, or says that the file comes another way. */
async function refuse(surface: Surface, survey: Survey, shown: number, told: ReadonlySet<string>): Promise<void> {
  const said = [...survey.alerts, survey.modal?.text ?? '', ...surface.dialogs.spoken.slice(-1)].filter(
    (text) => text.length < 400 && !told.has(text),
  );
  if (shown >= exportLimit && said.some((text) => tooManyWords.test(text))) throw new TooManyRecords(shown);
  const refused = said.find((text) => exportRefusedWords.test(text));
  if (refused !== undefined) {
    await surface.explain(surface);
    throw new NeedsHuman(
      'DATA',
      `Cole refused the export of ${shown} records: "${withoutSecrets(refused, [], 'none').slice(0, 200)}"`,
      {
        todo: 'Look at the page, then retry or split the ZIPs further.',
        facts: { shown },
      },
    );
  }
  const text = (await readLines(surface)).join('\n');
  if (mailedWords.test(text) && text.length < 3_000 && !survey.busy) {
    throw new NeedsHuman('DATA', `Cole says it sends the file of ${shown} records by e-mail instead of a download`, {
      todo: 'Choose the download in Cole’s own settings, then retry.',
      facts: { shown },
    });
  }
}
