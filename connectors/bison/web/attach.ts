import { NeedsHuman, VendorChanged } from '../../../pipeline/errors.ts';
import type { CampaignRef, ListRef } from '../../../pipeline/ports/bison.ts';
import { chooseBy, wayToChoose, type Way } from '../../browser/controls/choose.ts';
import { fillIn, textIn } from '../../browser/controls/fill.ts';
import { click } from '../../browser/controls/press.ts';
import { awaitThing, giveUp } from '../../browser/find.ts';
import { settle } from '../../browser/settle.ts';
import { readLeaves, type Survey } from '../../browser/survey.ts';
import { pause, type Surface } from '../../browser/surface.ts';
import { option, type Option } from '../../browser/words.ts';
import * as on from '../selectors.ts';
import { openAction } from './actions.ts';
import { decisive } from './decisive.ts';
import { finish } from './finish.ts';
import { findLists } from './lists.ts';
import { isNamed, named } from './reading.ts';

/** Campaign → Actions → Add more contacts → the list → Add. */
export async function attachList(surface: Surface, home: string, campaign: CampaignRef, list: ListRef): Promise<void> {
  const hasTwin = (await findLists(surface, home, list.name)).length > 1;
  const known = await openAction(surface, home, campaign, on.addMore);
  await chooseList(surface, list, hasTwin);
  await decisive(on.addMore.what, () =>
    finish(surface, {
      what: on.addNow,
      known,
      nothing: `Nobody of "${list.name}" was added to "${campaign.name}"`,
    }),
  );
}

/** How the dialog offers the lists: by id among the values of a drop-down, else by their name with whatever follows it. */
function optionOf({ id, name }: ListRef): Option {
  return { what: name, says: [...(id.startsWith('named:') ? [] : [id]), named(name)], type: [name] };
}

async function chooseList(surface: Surface, list: ListRef, hasTwin: boolean): Promise<void> {
  const wanted = optionOf(list);
  const there = (survey: Survey) => wayToChoose(survey, on.contactList, wanted);
  let way = await awaitThing(surface, there, surface.patience.thing / 2);
  if (!way && (await takeExisting(surface))) way = await awaitThing(surface, there, surface.patience.thing / 2);
  if (hasTwin) return way && isTold(way, list) ? chooseTwin(surface, way, list) : refuseTwins(list);
  if (way) return chooseBy(surface, way, on.contactList, wanted);
  if (!(await pressLine(surface, list.name))) return giveUp(surface, `${on.contactList.what}: ${list.name}`);
}

/** Whether the right one of two of one name can be told by its id; of a drop-down only its open list shows that. */
function isTold({ how, found }: Way, { id, name }: ListRef): boolean {
  if (how === 'open') return !id.startsWith('named:');
  return found.seen.choices.some(({ text, value }) => value === id && isNamed(text, name));
}

/** By its id and nothing else. */
async function chooseTwin(surface: Surface, way: Way, list: ListRef): Promise<void> {
  try {
    await chooseBy(surface, way, on.contactList, { what: list.name, says: [list.id], type: [list.name] });
  } catch (error) {
    if (error instanceof VendorChanged) return refuseTwins(list);
    throw error;
  }
}

function refuseTwins({ name }: ListRef): never {
  throw new NeedsHuman('CHECK', `Bison has several lists named "${name}" and its pages do not tell them apart`, {
    todo: 'Rename or delete all but the one that is meant, then retry. Nobody was added.',
  });
}

/** Where the dialog first asks where the people come from. */
async function takeExisting(surface: Surface): Promise<boolean> {
  const wanted = option(
    'Existing list',
    /\b(existing|saved|contact|lead)\b.*\blists?\b/,
    /\bfrom( a)? lists?\b/,
    /^lists?$/,
  );
  const survey = await settle(surface);
  const way = wayToChoose(survey, on.fromList, wanted);
  if (way && way.how !== 'open') {
    await chooseBy(surface, way, on.fromList, wanted);
    return true;
  }
  const tab = survey.seen.find(
    ({ kind, own, checked, lineage }) =>
      ['tab', 'button', 'clickable', 'link'].includes(kind) &&
      checked !== true &&
      (survey.modal === null || lineage.includes(survey.modal.id)) &&
      own.some((text) => /\bexisting\b.*\blist|\bfrom( a)? list/i.test(text)),
  );
  if (!tab) return false;
  await click(surface, tab);
  await settle(surface);
  return true;
}

/** Lists as lines, cards or rows to press; a long dialog has a search box. */
async function pressLine(surface: Surface, name: string): Promise<boolean> {
  const line = async () => {
    const { modal } = await settle(surface);
    const leaves = await readLeaves(surface);
    return leaves.find(
      ({ text, lineage, place }) =>
        isNamed(text, name) && place !== 'breadcrumb' && (modal === null || lineage.includes(modal.id)),
    );
  };
  let found = await line();
  const search = found ? undefined : textIn(await settle(surface), on.searchLists);
  if (search) {
    await fillIn(surface, search.seen, name);
    await pause(400);
    found = await line();
  }
  if (!found) return false;
  const { lineage } = found;
  const tick = (await settle(surface)).seen.find(
    ({ kind, lineage: around }) =>
      (kind === 'radio' || kind === 'checkbox') && lineage.slice(0, 3).some((id) => around.slice(0, 2).includes(id)),
  );
  await click(surface, tick ?? found);
  await settle(surface);
  return true;
}
