import { InvalidInput, NeedsHuman, VendorChanged } from '../../../pipeline/errors.ts';
import type { LeadList, Upload } from '../../../pipeline/ports/bison.ts';
import { chooseBy, wayToChoose } from '../../browser/controls/choose.ts';
import { fillIn, textIn } from '../../browser/controls/fill.ts';
import { pressIn } from '../../browser/controls/press.ts';
import { fileIn, upload as giveFile, type UploadFile } from '../../browser/controls/upload.ts';
import { giveUp, reach } from '../../browser/find.ts';
import { walkForm, type Task } from '../../browser/form.ts';
import { sameName } from '../../browser/items.ts';
import { settle } from '../../browser/settle.ts';
import type { Survey } from '../../browser/survey.ts';
import { pause, type Surface } from '../../browser/surface.ts';
import { option } from '../../browser/words.ts';
import { readUpload } from '../file.ts';
import * as on from '../selectors.ts';
import { decisive } from './decisive.ts';
import { finish } from './finish.ts';
import { findLists } from './lists.ts';
import { remember } from './known.ts';
import { mappingTask } from './mapping.ts';
import { pressOutside } from './outside.ts';
import { goInto, goTo } from './pages.ts';

const lookAgainMs = 400;

/**
 * Contacts → Import new contacts: the file, the list's name, where its columns go, and that people who are known keep what the
 * file does not hold; in whatever order and on as many pages as the import asks for them.
 * @throws InvalidInput with Bison's own words where it refuses
 */
export async function importList(surface: Surface, home: string, wanted: Upload): Promise<LeadList> {
  const bytes = await readUpload(wanted);
  const before = (await findLists(surface, home, wanted.name)).length;
  // Most pages have the way to it beside the lists, where one stands now.
  if (!pressOutside(await settle(surface), on.importNew)) {
    await goTo(surface, home, on.places.contacts);
    if (!pressOutside(await settle(surface), on.importNew)) await goInto(surface, on.places.lists);
  }
  const known = remember(await settle(surface));
  if (!(await goInto(surface, on.importNew))) return giveUp(surface, on.importNew.what);
  const patch = patchTask(surface);
  const tasks = [
    fileTask(surface, { name: 'leads.csv', mimeType: 'text/csv', buffer: bytes }),
    newListTask(surface),
    nameTask(surface, wanted.name),
    patch,
    mappingTask(surface),
  ];
  await walkForm(surface, tasks, { forward: on.mapForward, confirm: on.keepDialog });
  return decisive(on.importNow.what, async () => {
    try {
      await finish(surface, {
        what: on.importNow,
        forward: on.mapForward,
        before: (survey) => patch.here(survey),
        known,
        nothing: `The list "${wanted.name}" was not made`,
      });
    } catch (error) {
      // A browser by itself repeats a request whose connection broke. The second may be refused because the first was
      // carried out, so after a refusal the lists are looked at.
      const lists = error instanceof InvalidInput ? await findLists(surface, home, wanted.name) : [];
      if (lists[0] && lists.length > before) return lists[0];
      throw error;
    }
    return madeList(surface, home, wanted.name, before);
  });
}

function fileTask(surface: Surface, file: UploadFile): Task {
  const isThere = (survey: Survey): boolean =>
    fileIn(survey, on.csvField) !== undefined ||
    pressIn(survey, on.chooseFile, { kinds: ['button', 'clickable', 'link'] }) !== undefined;
  return {
    name: on.csvField.what,
    need: 'must',
    // "Import" may open a menu first.
    openers: [on.importNew],
    here: (survey) => (isThere(survey) ? () => giveFile(surface, on.csvField, on.chooseFile, file) : null),
  };
}

function nameTask(surface: Surface, name: string): Task {
  return {
    name: on.listName.what,
    need: 'must',
    openers: [],
    here: (survey) => {
      const field = textIn(survey, on.listName);
      if (!field || field.fit.distance >= 3.5 || field.seen.place === 'navigation') return null;
      return async () => {
        const shown = await fillIn(surface, field.seen, name);
        if (shown !== '' && !sameName(shown, name)) throw new VendorChanged(surface.vendor, 'list name, as typed');
      };
    },
  };
}

/** Where the page asks into which list: into a new one. */
function newListTask(surface: Surface): Task {
  const fresh = option('New list', /\b(new|create( a)?( new)?) list\b/, /^(create )?new\b/);
  return {
    name: fresh.what,
    need: 'if met',
    openers: [],
    here: (survey) => {
      const way = wayToChoose(survey, on.whichList, fresh);
      // A drop-down that has to be opened to see what it offers may be anything.
      return way && way.how !== 'open' ? () => chooseBy(surface, way, on.whichList, fresh) : null;
    },
  };
}

const patched = option(
  'Update only the mapped fields',
  /^patch\b/,
  /\b(update|fill|merge|change|add)\b.*\b(only|mapped|provided|given|missing|empty|new)\b/,
  /\b(only|just) (the )?(mapped|provided|given|changed)\b/,
  /^(update|merge|fill)\b(?!.*\b(all|every|replace|overwrite|clear)\b)/,
  /\bkeep\b(?!.*\b(old|as (it|they) (is|are)|existing (contacts?|leads?|ones?)$))/,
);
/** What else such a question offers: it tells that it is this question. */
const othersToPatching = /\b(overwrite|replace|skip|ignore|clear)\b/i;

/**
 * The default may clear what is not sent (docs/vendors.md#bison-lists): where the page asks, known people are only
 * added to. A question of which no answer is understood stops the import.
 */
function patchTask(surface: Surface): Task {
  let set = -1;
  return {
    name: on.existing.what,
    need: 'if met',
    openers: [],
    here: (survey) => {
      if (set === survey.born) return null;
      const way = wayToChoose(survey, on.existing, patched);
      if (!way) return asksAboutExisting(survey) ? () => giveUp(surface, `${on.existing.what}: ${patched.what}`) : null;
      return async () => {
        if (way.found.seen.checked !== true) await chooseBy(surface, way, on.existing, patched);
        set = survey.born;
      };
    },
  };
}

function asksAboutExisting(survey: Survey): boolean {
  return reach(survey, on.existing, ['radio', 'select']).some(({ seen }) =>
    [...seen.own, seen.near[0] ?? '', ...seen.choices.map(({ text }) => text)].some((text) =>
      othersToPatching.test(text),
    ),
  );
}

/**
 * The list as the pages show it; a moment may pass before they do.
 * @param before how many of that name there were
 */
async function madeList(surface: Surface, home: string, name: string, before: number): Promise<LeadList> {
  const end = performance.now() + surface.patience.page;
  for (;;) {
    const lists = await findLists(surface, home, name);
    if (lists[0] && lists.length > before) return lists[0];
    if (performance.now() > end) {
      throw new NeedsHuman('UPLOAD', `Bison took the import of "${name}" and shows no list of that name`, {
        todo: 'Look under Contacts in Bison whether it was made, then retry: it is looked for first.',
      });
    }
    await pause(lookAgainMs);
  }
}
