import { giveUp, noteDrift } from './find.ts';
import type { Ladder } from './ladder.ts';
import { pressIn, click } from './controls/press.ts';
import type { Seen } from './seen.ts';
import { settle } from './settle.ts';
import { isGone, look, type Survey } from './survey.ts';
import { pause, type Surface } from './surface.ts';

/** One thing to set in a form. */
export type Task = {
  readonly name: string;
  /** How to set it on the page as it stands, or null where it is not there (yet). */
  here(survey: Survey): (() => Promise<unknown>) | null;
  /** What a person would open to get at it. */
  readonly openers: readonly Ladder[];
  /** `must`: without it this is not our form. `look for`: everywhere in the form. `if met`: only where we come by. */
  readonly need: 'must' | 'look for' | 'if met';
};

export type FormLadders = {
  /** To the next page of a wizard. */
  readonly forward: Ladder;
  /** Ends a dialog or panel, keeping what was set in it. */
  readonly confirm: Ladder;
};

/** How far a walk through a form is. */
type Walk = {
  readonly pending: Task[];
  /** What was set, and in which document: a page that was left and came back may have forgotten it. */
  readonly set: Map<Task, number>;
  readonly opened: Set<string>;
  readonly failures: Map<Task, number>;
  /** Something was set on this page and not sent yet. */
  unsent: boolean;
};

/**
 * Sets every task, wherever in the form it is: on the page, behind a tab, an accordion or a button, in a dialog, on a later
 * page of a wizard. The order of the form's parts is the form's own.
 * @returns the tasks it did not meet, none of them a `must`
 * @throws VendorChanged naming the first task that cannot be reached
 */
export async function walkForm(
  surface: Surface,
  tasks: readonly Task[],
  ladders: FormLadders,
): Promise<readonly Task[]> {
  const walk: Walk = { pending: [...tasks], set: new Map(), opened: new Set(), failures: new Map(), unsent: false };
  const { pending, opened } = walk;
  for (let step = 0; step < 80; step += 1) {
    const survey = await settle(surface);
    if (await setOne(survey, walk)) continue;
    const sought = pending.filter(({ need }) => need !== 'if met');
    if (await openOne(surface, survey, sought, walk, ladders)) continue;
    if (sought.length > 0 && (await unfold(surface, survey, opened, 'folded'))) continue;
    if (sought.length > 0 && survey.modal && (await unfold(surface, survey, opened, 'tabs'))) continue;
    if ((sought.length === 0 || survey.modal) && (await confirmPanel(surface, survey, ladders.confirm, walk))) continue;
    if (sought.length === 0) {
      if (await setAgain(survey, walk)) continue;
      return pending;
    }
    if (await goForward(surface, survey, ladders.forward, walk)) continue;
    if (await unfold(surface, survey, opened, 'tabs')) continue;
    const needed = sought.filter(({ need }) => need === 'must');
    if (needed.length === 0) return pending;
    if (await changes(surface, survey)) continue;
    return giveUp(surface, needed[0]?.name ?? 'form');
  }
  return giveUp(surface, pending[0]?.name ?? 'end of the form');
}

/** Sets the first pending task that is on the page. */
async function setOne(survey: Survey, walk: Walk): Promise<boolean> {
  const ready = walk.pending.map((task) => ({ task, act: task.here(survey) })).find(({ act }) => act !== null);
  if (!ready?.act) return false;
  if (await attempt(ready.act, walk.failures, ready.task)) {
    walk.pending.splice(walk.pending.indexOf(ready.task), 1);
    walk.set.set(ready.task, survey.born);
    walk.unsent = true;
  }
  return true;
}

/** A thing set on an earlier visit of this page, before another page came between: set once more, in case it was lost. */
async function setAgain(survey: Survey, walk: Walk): Promise<boolean> {
  const lost = [...walk.set].find(([task, born]) => born !== survey.born && task.here(survey) !== null);
  const act = lost?.[0].here(survey);
  if (!lost || !act) return false;
  if (await attempt(act, walk.failures, lost[0])) walk.set.set(lost[0], survey.born);
  return true;
}

/** If the page replaces its elements while a task is set, it is tried a second and a third time. */
async function attempt(act: () => Promise<unknown>, failures: Map<Task, number>, task: Task): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    const count = (failures.get(task) ?? 0) + 1;
    failures.set(task, count);
    if (!isGone(error) || count > 2) throw error;
    return false;
  }
}

async function openOne(
  surface: Surface,
  survey: Survey,
  sought: readonly Task[],
  walk: Walk,
  ladders: FormLadders,
): Promise<boolean> {
  for (const opener of sought.flatMap(({ openers }) => openers)) {
    const found = pressIn(survey, opener, {
      kinds: ['button', 'tab', 'link', 'clickable', 'toggle', 'radio', 'menuitem'],
      only: (seen) =>
        // A link in the site's navigation leads away from the form, whatever it is called.
        !(seen.kind === 'link' && seen.place === 'navigation') &&
        seen.expanded !== true &&
        !((seen.kind === 'tab' || seen.kind === 'radio') && seen.checked === true) &&
        !walk.opened.has(keyOf(surface, seen.own, survey)),
    });
    if (!found) continue;
    // A link leaves the page without what was set on it: send that first.
    if (walk.unsent && leadsAway(found.seen)) {
      if (await confirmPanel(surface, survey, ladders.confirm, walk)) return true;
      if (await goForward(surface, survey, ladders.forward, walk)) return true;
    }
    walk.opened.add(keyOf(surface, found.seen.own, survey));
    noteDrift(surface, opener, found);
    walk.unsent = walk.unsent && !leadsAway(found.seen);
    return pressAndGo(surface, found.seen);
  }
  return false;
}

function leadsAway({ kind, attributes }: Seen): boolean {
  return kind === 'link' && !/(^|\s)(#\S*|javascript:\S*)(\s|$)/i.test(attributes);
}

function keyOf(surface: Surface, own: readonly string[], survey: Survey): string {
  return `${new URL(surface.page.url()).pathname} ${survey.modal ? 'dialog' : 'page'} ${own.join('|')}`;
}

async function pressAndGo(surface: Surface, seen: { readonly id: number; readonly frame: number }): Promise<true> {
  try {
    await click(surface, seen);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  return true;
}

/** "Apply" of a dialog, or of a panel, once for each. */
async function confirmPanel(surface: Surface, survey: Survey, confirm: Ladder, walk: Walk): Promise<boolean> {
  const { opened } = walk;
  const found = pressIn(survey, confirm, { kinds: ['button', 'link', 'clickable'] });
  if (!found) return false;
  const key = `${keyOf(surface, found.seen.own, survey)} confirm`;
  if (opened.has(key) && !survey.modal) return false;
  if (opened.has(`${key} twice`)) return false;
  opened.add(opened.has(key) ? `${key} twice` : key);
  walk.unsent = false;
  return pressAndGo(surface, found.seen);
}

/** Folded sections, or tabs not looked into yet: the words on them may be new to us. */
async function unfold(
  surface: Surface,
  survey: Survey,
  opened: Set<string>,
  what: 'folded' | 'tabs',
): Promise<boolean> {
  const found = survey.seen.find((seen) => {
    if (seen.place === 'navigation' || seen.place === 'column header' || seen.place === 'cell' || seen.disabled)
      return false;
    if (/\b(help|account|profile|faq|support|menu|sign out|log out)\b/i.test(seen.own.join(' '))) return false;
    if (opened.has(keyOf(surface, seen.own, survey))) return false;
    if (what === 'tabs') return seen.kind === 'tab' && seen.checked !== true;
    return seen.expanded === false && !seen.popup && ['button', 'clickable', 'link'].includes(seen.kind);
  });
  if (!found) return false;
  opened.add(keyOf(surface, found.own, survey));
  return pressAndGo(surface, found);
}

async function goForward(surface: Surface, survey: Survey, forward: Ladder, walk: Walk): Promise<boolean> {
  const found = pressIn(survey, forward, { kinds: ['button', 'link', 'clickable'] });
  if (!found) return false;
  const key = `${surface.page.url()} forward ${survey.seen.map(({ own }) => own[0]).join('|')}`;
  if (walk.opened.has(key)) return false; // The page stayed where it is after the press: pressing again would not help.
  walk.opened.add(key);
  walk.unsent = false;
  return pressAndGo(surface, found.seen);
}

/** Whether the page becomes another one within our patience, without our doing. */
async function changes(surface: Surface, before: Survey): Promise<boolean> {
  const shape = (survey: Survey) => survey.seen.map(({ id }) => id).join();
  const end = performance.now() + surface.patience.thing / 2;
  while (performance.now() < end) {
    if (shape(await look(surface)) !== shape(before)) return true;
    await pause(80);
  }
  return false;
}
