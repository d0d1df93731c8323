import { fit, ladder } from './ladder.ts';
import { isGone, clickableOf, type Survey } from './survey.ts';
import type { Surface } from './surface.ts';

/** Boxes nobody asked for. Their words must not be those of a step of our own. */
const uninvited =
  /\b(cookies?|privacy (notice|preferences|choices)|what.?s new|new features?|welcome|tour|get(ting)? started|survey|feedback|rate us|announcement|release notes|newsletter|did you know|introducing|tip of the day|about to expire|still there|webinar|onboarding)\b/i;

const leave = ladder(
  'dismiss button',
  /^(stay|keep me) (signed|logged) in/,
  /^(accept|allow)( all)?( cookies)?$/,
  /^(reject|decline|only necessary)( all)?/,
  /^(got it|ok(ay)?|i understand|understood|no thanks|not now|maybe later|later|skip( (the )?tour| for now)?|dismiss|close|continue|remind me later)$/,
  /^(×|✕|✖|x)$/i,
  /\b(close|dismiss)\b/,
);

/** Pressed in vain already: such a box is not ours to fight. */
const tried = new WeakMap<Surface['page'], Map<string, number>>();

/**
 * Dismisses a cookie banner, a "What's new" or a tour where one is on the page.
 * @returns whether something was dismissed (and the page is to be looked at again)
 */
export async function dismissInterruption(surface: Surface, survey: Survey): Promise<boolean> {
  const modal = survey.modal;
  const asks = survey.seen.filter(({ kind }) => !['button', 'link', 'clickable', 'tab', 'file'].includes(kind)).length;
  const inBox =
    modal !== null &&
    uninvited.test(modal.text) &&
    modal.text.length < 2_000 &&
    (asks <= 2 || /cookie/i.test(modal.text));
  const buttons = survey.seen.filter((seen) => {
    if (!['button', 'link', 'clickable'].includes(seen.kind) || seen.disabled || !fit(seen, leave)) return false;
    if (inBox) return seen.lineage.includes(modal.id);
    return (
      modal === null && seen.groups.concat(seen.near).some((text) => /cookie|what.?s new|take (a|the) tour/i.test(text))
    );
  });
  const best = buttons
    .map((seen) => ({ seen, rung: fit(seen, leave)?.rung ?? 99 }))
    .sort((a, b) => a.rung - b.rung)
    .at(0);
  if (!best) return false;
  const counts = tried.get(surface.page) ?? new Map<string, number>();
  tried.set(surface.page, counts);
  const name = `${survey.born} ${best.seen.id}`;
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  if (count > 3) return false;
  try {
    await (await clickableOf(surface, best.seen)).click({ timeout: 2_000 });
  } catch (error) {
    if (isGone(error)) return true;
    return false;
  }
  surface.log.debug({ vendor: surface.vendor }, 'dismissed a box nobody asked for');
  return true;
}
