import type { Frame, JSHandle } from 'playwright';
import { elementsExpression, leavesExpression, surveyExpression, wordsExpression } from './reader/index.ts';
import type { Leaf, PageFacts, Seen } from './seen.ts';
import { pause, type Handle, type Surface } from './surface.ts';

/** One look at the page, all its visible frames together. */
export type Survey = PageFacts;

/** The document went away under our eyes, or the element did: look again. */
export function isGone(error: unknown): boolean {
  return (
    error instanceof Error &&
    /context was destroyed|uniqueContextId not found|frame was detached|navigat|not attached|detached from|Cannot find context/i.test(
      error.message,
    )
  );
}

/** For so many milliseconds a look tells how the page stands, as long as nothing was done to it meanwhile. */
const freshMs = 40;

type Look = { readonly survey: Survey; readonly begun: number; readonly over: number };

const lastLook = new WeakMap<Surface['page'], Look>();

/** What the page shows. */
export async function look(surface: Surface): Promise<Survey> {
  const begun = performance.now();
  const survey = await whileItStands(() => lookOnce(surface));
  lastLook.set(surface.page, { survey, begun, over: performance.now() });
  return survey;
}

/** The last look, where it was just now and neither we nor the page's server did anything since. */
export function freshLook({ page, traffic }: Surface): Survey | undefined {
  const last = lastLook.get(page);
  return last && performance.now() - last.over < freshMs && traffic.lastMove() < last.begun ? last.survey : undefined;
}

/** Something is done to the page: what was seen of it before is no answer to the next look. */
export function touched({ page }: Surface): void {
  lastLook.delete(page);
}

/** A document may go away while it is read: read the next one. */
export async function whileItStands<T>(read: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      if (!isGone(error) || attempt >= 40) throw error;
      await pause(50);
    }
  }
}

/** Evaluates in the main frame, without an act in the trace. The expressions are ours and answer what `T` says. */
export async function readIn<T>({ eyes }: Surface, expression: string): Promise<T> {
  const { result, exceptionDetails } = await eyes.send('Runtime.evaluate', {
    expression,
    returnByValue: true,
    awaitPromise: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as T;
}

/** Of each page: since when every look has found it busy, and the last of these looks. */
const restlessness = new WeakMap<Surface['page'], { readonly since: number; readonly last: number }>();

/** A spinner that has turned for so long belongs to something else than what we did, and is ignored from then on. */
const turnsForEver = 30_000;

/** Looks further apart than this may have found two different things at work. */
const sameSign = 5_000;

function keepsUsWaiting({ page }: Surface, busy: boolean): boolean {
  const now = performance.now();
  if (!busy) {
    restlessness.delete(page);
    return false;
  }
  const before = restlessness.get(page);
  const since = before && now - before.last < sameSign ? before.since : now;
  restlessness.set(page, { since, last: now });
  return now - since < turnsForEver;
}

async function lookOnce(surface: Surface): Promise<Survey> {
  const [, ...others] = await framesOf(surface);
  const first = await readIn<PageFacts>(surface, surveyExpression);
  let facts = first;
  for (const [index, frame] of others.entries()) {
    const inside = await frame.evaluate<PageFacts>(surveyExpression).catch(() => null);
    if (inside === null || first.modal !== null) continue;
    facts = {
      ...facts,
      busy: facts.busy || inside.busy,
      modal: facts.modal,
      alerts: [...facts.alerts, ...inside.alerts],
      passwords: facts.passwords + inside.passwords,
      captcha: facts.captcha || inside.captcha,
      seen: [...facts.seen, ...inside.seen.map((seen) => ({ ...seen, frame: index + 1 }))],
    };
  }
  return { ...facts, busy: keepsUsWaiting(surface, facts.busy) };
}

/** The page and the frames in it a person sees; a challenge's frames are read by nobody. */
export async function framesOf({ page }: Surface): Promise<readonly Frame[]> {
  const frames: Frame[] = [page.mainFrame()];
  for (const frame of page.frames()) {
    if (frame === page.mainFrame() || frame.url() === 'about:blank' || /captcha|turnstile|arkose/i.test(frame.url()))
      continue;
    const shown = await frame
      .frameElement()
      .then(async (element) => {
        const box = await element.boundingBox();
        return (await element.isVisible()) && box !== null && box.width > 80 && box.height > 40;
      })
      .catch(() => false);
    if (shown && frames.length < 6) frames.push(frame);
  }
  return frames;
}

/** The page's text, line by line, frames included. */
export function readLines(surface: Surface): Promise<readonly string[]> {
  return whileItStands(async () => {
    const lines: string[] = [];
    const [, ...others] = await framesOf(surface);
    lines.push(...(await readIn<string[]>(surface, wordsExpression)));
    for (const frame of others) lines.push(...(await frame.evaluate<string[]>(wordsExpression)));
    return lines;
  });
}

/** Every piece of shown text with its element. */
export function readLeaves(surface: Surface): Promise<readonly Leaf[]> {
  return whileItStands(async () => {
    const leaves: Leaf[] = [];
    for (const [index, frame] of (await framesOf(surface)).entries()) {
      const inside = await (index === 0
        ? readIn<Leaf[]>(surface, leavesExpression)
        : frame.evaluate<Leaf[]>(leavesExpression));
      leaves.push(...inside.map((leaf) => ({ ...leaf, frame: index })));
    }
    return leaves;
  });
}

/** The element itself. @throws an error of which `isGone` holds where it is there no more */
export async function elementOf(surface: Surface, { id, frame: index }: Pick<Seen, 'id' | 'frame'>): Promise<Handle> {
  // Whoever asks for an element does something with it.
  touched(surface);
  const frame = index === 0 ? surface.page.mainFrame() : (await framesOf(surface)).at(index);
  if (!frame) throw new Error('frame was detached');
  // A handle of the document before this one is of no use: ask the one that stands there now.
  const element = (await fetchElement(frame, id).catch(() => null)) ?? (await fetchElement(frame, id, 'anew'));
  if (!element) throw new Error('element is not attached');
  return element;
}

const elements = new WeakMap<Frame, JSHandle>();

/**
 * An element by its id, or null. Evaluating would be recorded as an act, with a picture of the page's structure before and
 * after it; fetching a property is not.
 */
async function fetchElement(frame: Frame, id: number, how?: 'anew'): Promise<Handle | null> {
  const known = how === undefined ? elements.get(frame) : undefined;
  const all = known ?? (await frame.evaluateHandle<unknown>(elementsExpression));
  elements.set(frame, all);
  const element = (await all.getProperty(String(id))).asElement();
  // Only elements are in there.
  return element as Handle | null;
}

/** What to click for it: itself, or the label painted in its place. */
export function clickableOf(
  surface: Surface,
  seen: Pick<Seen, 'id' | 'frame'> & { readonly clickId?: number },
): Promise<Handle> {
  return elementOf(surface, { id: seen.clickId ?? seen.id, frame: seen.frame });
}
