import { evergreenTitle, parseEvergreenTitle } from '../evergreen-title.ts';
import { windowBefore, windowOf } from '../renewal.ts';
import type { Day, RenewalWindow } from '../vocabulary.ts';

/** What the ledger knows of a client's campaign. */
export type LastWindow = { readonly title: string | null; readonly windowStart: Day | null };

export type TitleJudgement = {
  /** Why a person has to decide; null: the title is what it should be. */
  readonly doubt: string | null;
  /** Something to mention in the message that needs no decision. */
  readonly note: string | null;
  /** The window that the title names afterwards: never an earlier one than it names now. */
  readonly titleWindow: RenewalWindow;
};

/**
 * Holds a campaign's title against the ledger before a window is attached. The ledger is the truth
 * (docs/sop.md#evergreen).
 */
export function judgeTitle(title: string, window: RenewalWindow, ledger: LastWindow | null): TitleJudgement {
  const last = ledger?.windowStart ? windowOf(ledger.windowStart) : null;
  const named = parseEvergreenTitle(title, (last ?? window).start);
  const shown = last ?? named;
  const titleWindow = shown && shown.start > window.start ? shown : window;
  const judged = (doubt: string | null, note: string | null = null): TitleJudgement => ({ doubt, note, titleWindow });
  if (last) {
    if (named?.start === last.start) return judged(null);
    return judged(`The campaign is called “${title}”; I left it as “${ledger?.title ?? evergreenTitle(last)}”.`);
  }
  if (!named) return judged(`The campaign is called “${title}”, which names no renewal window.`);
  if (named.start >= window.start) {
    return judged(`The campaign's title “${title}” says that this window is in already; I did not put it there.`);
  }
  if (named.start === windowBefore(window).start) return judged(null);
  return judged(null, `The title was “${title}”: what lies between it and this window was not attached by me.`);
}
