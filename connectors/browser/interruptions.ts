import { fit, ladder } from './ladder.ts';
import { isGone, clickableOf, type Survey } from './survey.ts';
import type { Surface } from './surface.ts';
import { asksToAgree, leaveToPerson } from './terms.ts';

/** Boxes nobody asked for. Their words must not be those of a step of our own. */
const uninvited =
  /\b(cookies?|privacy (notice|preferences|choices)|what.?s new|new features?|welcome|tour|get(ting)? started|survey|feedback|rate us|announcement|release notes|newsletter|did you know|introducing|tip of the day|about to expire|still there|webinar|onboarding)\b/i;

const leave = ladder(
  'dismiss button',
  /^(stay|keep me) (signed|logged) in/,
  /^(reject|decline|refuse|only necessary|necessary only)\b/,
  /^(got it|ok(ay)?|i understand|understood|no thanks|not now|maybe later|later|skip( (the )?tour| for now)?|dismiss|close|continue|remind me later)$/,
  /^(×|✕|✖|x)$/i,
  /\b(close|dismiss)\b/,
  // Of a cookie banner that offers nothing else; terms are left to a person before it comes to this.
  /^(accept|allow)( all)?( cookies)?$/,
);

/** What a box asks to be filled in; tick boxes do not count, because "I have read it" is one. */
const asksFor = (survey: Survey): number =>
  survey.seen.filter(({ kind }) => !['button', 'link', 'clickable', 'tab', 'file', 'checkbox'].includes(kind)).length;

/** A box or a message box that is there to be agreed to; a step of our own with small print asks for something else too. */
function isForPerson(surface: Surface, survey: Survey): boolean {
  if (surface.dialogs.askedToAgree()) return true;
  if (survey.modal === null || asksFor(survey) > 0 || survey.seen.some(({ kind }) => kind === 'file')) return false;
  const words = survey.seen.filter(({ lineage }) => lineage.includes(survey.modal?.id ?? -1)).flatMap(({ own }) => own);
  return asksToAgree([survey.modal.text, ...words].join('\n'));
}

/** Pressed in vain already: such a box is not ours to fight. */
const tried = new WeakMap<Surface['page'], Map<string, number>>();

/**
 * Dismisses a cookie banner, a "What's new" or a tour where one is on the page.
 * @returns whether something was dismissed (and the page is to be looked at again)
 * @throws NeedsHuman CHECK where there are terms to agree to
 */
export async function dismissInterruption(surface: Surface, survey: Survey): Promise<boolean> {
  if (isForPerson(surface, survey)) throw leaveToPerson(surface.vendor);
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
    // "Accept all" has "Reject all" beside it: what a button says of itself comes before what is near it.
    .map((seen) => ({ seen, rung: fit(seen, leave, true)?.rung ?? 99 }))
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
