import { VendorChanged } from '../../pipeline/errors.ts';
import { dismissInterruption } from './interruptions.ts';
import { fit, type Fit, type Ladder } from './ladder.ts';
import type { Kind, Seen } from './seen.ts';
import { freshLook, isGone, look, type Survey } from './survey.ts';
import { pause, type Surface } from './surface.ts';
import { vendorName } from '../../pipeline/vendors.ts';

export type Found = { readonly seen: Seen; readonly fit: Fit };

/** What a person presses. */
export const pressable: readonly Kind[] = ['button', 'link', 'menuitem', 'tab', 'toggle', 'option', 'clickable'];

/** Everything of these kinds that a ladder reaches, best first: by rung, then nearness, then order of kinds, then place. */
export function reach(survey: Survey, what: Ladder, kinds: readonly Kind[], ownWordsOnly = false): readonly Found[] {
  const found: Found[] = [];
  for (const seen of survey.seen) {
    if (!kinds.includes(seen.kind)) continue;
    const how = fit(seen, what, ownWordsOnly);
    if (how) found.push({ seen, fit: how });
  }
  return found.sort(
    (a, b) =>
      a.fit.rung - b.fit.rung ||
      a.fit.distance - b.fit.distance ||
      Number(a.seen.disabled) - Number(b.seen.disabled) ||
      kinds.indexOf(a.seen.kind) - kinds.indexOf(b.seen.kind),
  );
}

/** For what is pressed only its own words count: a button is not called after the heading above it. */
export function reachOwn(survey: Survey, what: Ladder, kinds: readonly Kind[] = pressable): readonly Found[] {
  return reach(survey, what, kinds, true);
}

const told = new WeakMap<Surface['page'], Set<string>>();

/** Says once a page when a thing was found by a later rung than the first: the page has drifted from what we know. */
export function noteDrift(surface: Surface, what: Ladder, found: Found): void {
  if (found.fit.rung === 0) return;
  const known = told.get(surface.page) ?? new Set();
  told.set(surface.page, known);
  if (known.has(what.what)) return;
  known.add(what.what);
  surface.log.info(
    { vendor: surface.vendor, lookedFor: what.what, rung: found.fit.rung, kind: found.seen.kind },
    'page drift: found by a later rung',
  );
}

/** Waits for the first thing `choose` takes from a look at the page; an interruption in the way is dismissed. */
export async function awaitThing<T>(
  surface: Surface,
  choose: (survey: Survey) => T | null | undefined,
  patienceMs: number,
): Promise<T | null> {
  const end = performance.now() + patienceMs;
  for (let fresh = freshLook(surface); ; fresh = undefined) {
    const survey = fresh ?? (await look(surface));
    const found = choose(survey);
    if (found !== null && found !== undefined) return found;
    if (await dismissInterruption(surface, survey)) continue;
    const waiting = survey.busy || surface.traffic.underway() > 0;
    if (performance.now() > end + (waiting ? surface.patience.page : 0)) return null;
    await pause(60);
  }
}

/**
 * Finds a thing and acts on it. If the page replaces the element meanwhile it is found again, a few times.
 * @returns null where it was not found
 */
export async function actOn<T, R>(
  surface: Surface,
  choose: (survey: Survey) => T | null | undefined,
  patienceMs: number,
  act: (thing: T) => Promise<R>,
): Promise<{ readonly result: R } | null> {
  for (let attempt = 0; ; attempt += 1) {
    const thing = await awaitThing(surface, choose, patienceMs);
    if (thing === null) return null;
    try {
      return { result: await act(thing) };
    } catch (error) {
      if (!isGone(error) || attempt >= 4) throw error;
    }
  }
}

/** Ends a search that found nothing: for a known reason where there is one, else the page has changed. */
export async function giveUp(surface: Surface, lookedFor: string): Promise<never> {
  await surface.explain(surface);
  throw new VendorChanged(surface.vendor, lookedFor, {
    todo: `Look at the screenshot and the page structure. When the page is as it was, or its selectors (connectors/${surface.vendor}) were adapted, press "Open ${vendorName(surface.vendor)} again and retry".`,
  });
}
