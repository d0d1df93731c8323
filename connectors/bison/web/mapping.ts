import { chooseBy, wayToChoose, type Way } from '../../browser/controls/choose.ts';
import { awaitThing, giveUp } from '../../browser/find.ts';
import type { Task } from '../../browser/form.ts';
import { ladder, type Ladder } from '../../browser/ladder.ts';
import type { Leaf, Seen } from '../../browser/seen.ts';
import { settle } from '../../browser/settle.ts';
import { elementOf, readLeaves, type Survey } from '../../browser/survey.ts';
import type { Surface } from '../../browser/surface.ts';
import { plain, squash, type Option } from '../../browser/words.ts';
import { fields, type Field } from '../fields.ts';

/** So many of our columns must be there to be set before a page counts as the one that maps them. */
const enough = 4;

type Question = { readonly field: Field; readonly what: Ladder; readonly wanted: Option };

/** `Custom variable: zip`, `zip (custom)`, `{zip}`, `lead zip`. */
const dressed = (name: string): string =>
  String.raw`(?:(?:custom|lead|contact)?(?: ?(?:variable|field|attribute))? )?${name}(?: (?:custom(?: (?:variable|field))?|required))?`;

/**
 * A column of ours and a field of theirs bear the same names, so a page may ask either way round: "this column goes to …" or
 * "this field comes from …".
 */
const questions: readonly Question[] = fields.map((field) => ({
  field,
  what: ladder(
    field.header,
    field.header,
    ...field.names.slice(1).map((name) => new RegExp(`^${name}$`)),
    new RegExp(String.raw`\b(column|field|for|map)\b.*\b${plain(field.header)}$`),
  ),
  wanted: {
    what: field.header,
    says: [field.header, ...field.names.map((name) => new RegExp(`^${dressed(name)}$`))],
    type: [field.header, ...field.names.slice(0, 3)],
  },
}));

/** All columns at once: a page that does not map them is not the one. */
export function mappingTask(surface: Surface): Task {
  return {
    name: 'fields for the columns',
    need: 'must',
    openers: [],
    here: (survey) => {
      if (questions.filter((question) => wayIn(survey, question) !== null).length >= enough)
        return () => mapByChoosing(surface);
      return columnsIn(survey).length >= enough ? () => mapByDragging(surface) : null;
    },
  };
}

/**
 * Only a drop-down whose label is right beside it counts as the column's: one two boxes away belongs to another column.
 * What merely bears the column's name (a heading that sorts, a box to drag) would pass for a drop-down that shows the
 * answer already.
 */
function wayIn(survey: Survey, { what, wanted }: Question): Way | null {
  const way = wayToChoose(survey, what, wanted);
  if (!way) return null;
  const { seen, fit } = way.found;
  if (fit.rung >= what.rungs.length || fit.distance >= 4 || seen.place === 'navigation') return null;
  const isNameOnly = fit.distance < 1 && !seen.popup && (seen.kind === 'clickable' || seen.kind === 'button');
  return way.how === 'open' && isNameOnly ? null : way;
}

async function mapByChoosing(surface: Surface): Promise<void> {
  for (const question of questions) {
    // The list that was picked from before may lie over the page until it has faded.
    const way = await awaitThing(surface, (survey) => wayIn(survey, question), surface.patience.thing);
    if (!way) return giveUp(surface, lookedFor(question));
    await chooseBy(surface, way, question.what, question.wanted);
  }
}

const lookedFor = ({ field }: Pick<Question, 'field'>): string => `field for the column "${field.header}"`;

const isName = (text: string, { names }: Field): boolean =>
  names.some((name) => squash(text.replace(/\s*\*$/, '')) === squash(name));

/** Boxes to drag that bear our columns' names. */
function columnsIn(survey: Survey): readonly { readonly field: Field; readonly seen: Seen }[] {
  const movable = survey.seen.filter(({ attributes }) => /(^|\s)draggable($|\s)/.test(attributes));
  return fields.flatMap((field) => {
    const seen = movable.find(({ own }) => own.some((text) => isName(text, field)));
    return seen ? [{ field, seen }] : [];
  });
}

/** Columns and fields are two lists of boxes: each column is dragged onto its field. */
async function mapByDragging(surface: Surface): Promise<void> {
  for (const field of fields) {
    const survey = await settle(surface);
    const column = columnsIn(survey).find((one) => one.field === field)?.seen;
    const target = (await readLeaves(surface)).find(
      ({ id, lineage, text }) => isName(text, field) && column && id !== column.id && !lineage.includes(column.id),
    );
    if (!column || !target) return giveUp(surface, lookedFor({ field }));
    await drag(surface, column, target);
    if (columnsIn(await settle(surface)).some((one) => one.field === field && one.seen.id === column.id))
      return giveUp(surface, `${lookedFor({ field })}, dragged there`);
  }
}

async function drag(surface: Surface, from: Seen, to: Leaf): Promise<void> {
  const [source, target] = [await elementOf(surface, from), await elementOf(surface, to)];
  const { mouse } = surface.page;
  await source.hover();
  await mouse.down();
  await target.hover({ force: true });
  // Moved twice, because a page notices where something is dragged to only from a second move over the place.
  await target.hover({ force: true, position: { x: 4, y: 4 } });
  await mouse.up();
}
