import { NeedsHuman } from '../../../pipeline/errors.ts';
import type { Workspace } from '../../../pipeline/ports/bison.ts';
import { select } from '../../browser/controls/choose.ts';
import { click, pressIn, pressKey } from '../../browser/controls/press.ts';
import { awaitThing } from '../../browser/find.ts';
import { openItem } from '../../browser/items.ts';
import type { Leaf, Seen } from '../../browser/seen.ts';
import { settle } from '../../browser/settle.ts';
import { isGone, readLeaves, type Survey } from '../../browser/survey.ts';
import type { Surface } from '../../browser/surface.ts';
import { option, squash } from '../../browser/words.ts';
import * as on from '../selectors.ts';
import { goInto } from './pages.ts';
import { withRows } from './rows.ts';

/**
 * Enters the client portal of a workspace, whichever way the pages lead there: a switcher, a list of portals, or none because
 * the login has this one only.
 * @param bound the login belongs to this workspace alone: proof enough where the pages show nothing
 * @returns the address where a person begins in it
 * @throws NeedsHuman CHECK where these may be another client's pages; nothing was done there
 */
export async function enterPortal(surface: Surface, workspace: Workspace, bound: boolean): Promise<string> {
  const entered =
    (await bySwitcher(surface, workspace)) ??
    (await byListing(surface, workspace)) ??
    ((await goInto(surface, on.places.portals)) ? await byListing(surface, workspace) : null);
  if (entered === 'not offered') {
    throw new NeedsHuman('CHECK', `This login has no client portal "${workspace}" at Bison. Nothing was done there`, {
      todo: `Give the login access to "${workspace}", or set the client's workspace to the name Bison has for it.`,
      facts: { workspace },
    });
  }
  if (entered === null && !bound) {
    throw new NeedsHuman('CHECK', `Bison's pages do not show that they are those of "${workspace}". Nothing was done`, {
      todo: `Store a login of its own for "${workspace}", or set the client's workspace to the name Bison has for it.`,
      facts: { workspace },
    });
  }
  if (entered === null) surface.log.info({ vendor: surface.vendor, workspace }, 'the pages do not name their portal');
  return surface.page.url();
}

type Entered = 'there' | 'not offered' | null;

/** Whether a text is this workspace's name, with or without what such lists put around it, or its id. */
export function isWorkspace(text: string, workspace: Workspace): boolean {
  const bare = text.replace(/^(client )?(portal|workspace|account|team|client)\s*:\s*/i, '').replace(/\s*[▾▼⌄˅]$/, '');
  const name = bare.replace(/\s*(#\s*\d+|\(?id:?\s*\d+\)?)\s*$/i, '');
  if ([text, bare, name].some((one) => squash(one) === squash(workspace))) return true;
  return (
    /^\d+$/.test(workspace.trim()) && new RegExp(String.raw`(?:#|\bid:?)\s*${workspace.trim()}\)?$`, 'i').test(text)
  );
}

const shows = (seen: Seen, workspace: Workspace): boolean =>
  [...seen.own, seen.value].some((text) => isWorkspace(text, workspace));

async function bySwitcher(surface: Surface, workspace: Workspace): Promise<Entered> {
  const survey = await settle(surface);
  const list = survey.seen.find(
    ({ kind, choices }) => kind === 'select' && choices.some(({ text }) => isWorkspace(text, workspace)),
  );
  if (list) {
    const name = list.choices.find(({ text }) => isWorkspace(text, workspace))?.text ?? workspace;
    await select(surface, list, option(name), on.portalSwitcher.what);
    return (await untilShown(surface, workspace)) ? 'there' : null;
  }
  const switcher = switcherIn(survey, workspace);
  if (!switcher) return null;
  if (shows(switcher, workspace)) return 'there';
  const known = new Set(survey.seen.map(({ id }) => id));
  await click(surface, switcher);
  const item = await awaitThing(surface, (now) => itemIn(now, known, workspace), surface.patience.thing / 2);
  if (!item) {
    await pressKey(surface, 'Escape');
    // The menu is the switcher only if it lists other portals.
    return switcher.kind === 'combobox' || /portal|workspace/i.test(switcher.own.join(' ')) ? 'not offered' : null;
  }
  await leave(() => click(surface, item));
  return (await untilShown(surface, workspace)) ? 'there' : null;
}

function switcherIn(survey: Survey, workspace: Workspace): Seen | undefined {
  const isMenu = ({ kind, place }: Seen) =>
    ['button', 'combobox', 'clickable'].includes(kind) && place !== 'cell' && place !== 'dialog';
  const bearing = survey.seen.find(
    (seen) => isMenu(seen) && shows(seen, workspace) && (seen.popup || seen.expanded !== null),
  );
  return (
    bearing ?? pressIn(survey, on.portalSwitcher, { kinds: ['button', 'combobox', 'clickable'], only: isMenu })?.seen
  );
}

function itemIn(survey: Survey, known: ReadonlySet<number>, workspace: Workspace): Seen | undefined {
  return survey.seen.find(
    (seen) =>
      ['menuitem', 'option', 'button', 'link', 'clickable', 'radio'].includes(seen.kind) &&
      !known.has(seen.id) &&
      seen.own.some((text) => isWorkspace(text, workspace)),
  );
}

/** A page that lists the portals: the one of that name is opened. A title that merely says where one is, is left alone. */
async function byListing(surface: Surface, workspace: Workspace): Promise<Entered> {
  const leaves = (await readLeaves(surface)).filter(
    ({ text, place }) => isWorkspace(text, workspace) && place !== 'breadcrumb',
  );
  const rows = new Map((await withRows(surface, leaves)).map(({ leaf, row }) => [leaf, row.id]));
  for (const leaf of leaves) {
    const row = rows.get(leaf);
    const enter = pressIn(await settle(surface), on.enterPortal, {
      kinds: ['button', 'link', 'clickable'],
      only: ({ lineage }) => row !== undefined && lineage.includes(row),
    });
    if (enter) {
      const from = surface.page.url();
      await leave(() => click(surface, enter.seen));
      // Entered by a link of that name, so its pages need not show the name again.
      if (await untilShown(surface, workspace, from)) return 'there';
    } else if (isPressable(await settle(surface), leaf) && (await openItem(surface, leaf))) {
      return 'there';
    }
  }
  return leaves.length > 0 ? 'there' : null;
}

/** The text is, or lies in, something to press. */
function isPressable({ seen }: Survey, leaf: Leaf): boolean {
  if (leaf.href !== '') return true;
  return seen.some(
    ({ id, kind }) => ['button', 'link', 'clickable'].includes(kind) && (id === leaf.id || leaf.lineage.includes(id)),
  );
}

/**
 * A switch takes its time (1–2 s: docs/vendors.md#bison-tokens), and the pages begin anew.
 * @param from the page that was left: pages of another address that have no switcher name nothing
 */
async function untilShown(surface: Surface, workspace: Workspace, from?: string): Promise<boolean> {
  await settle(surface);
  const shown = await awaitThing(
    surface,
    (survey) => {
      const list = survey.seen.find(
        ({ kind, choices }) => kind === 'select' && choices.some(({ text }) => isWorkspace(text, workspace)),
      );
      if (list) return isWorkspace(list.value, workspace) ? true : null;
      const switcher = switcherIn(survey, workspace);
      if (switcher) return shows(switcher, workspace) ? true : null;
      return from !== undefined && surface.page.url() !== from ? true : null;
    },
    surface.patience.thing,
  );
  if (shown) return true;
  return (await readLeaves(surface)).some(({ text }) => isWorkspace(text, workspace));
}

async function leave(act: () => Promise<void>): Promise<void> {
  await act().catch((error: unknown) => {
    if (!isGone(error)) throw error;
  });
}
