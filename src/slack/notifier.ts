import type { Notices } from '../../pipeline/ports/index.ts';
import type { Run } from '../../pipeline/run.ts';
import { drawCard } from './cards.ts';
import { makeCheckNotes } from './check-notes.ts';
import { makeGapNotes, type GapNotes } from './gap-notes.ts';
import { makeIntentNotes } from './intent-notes.ts';
import { makeMissedNotes, type MissedNotes } from './missed-notes.ts';
import { makeMonthNotes } from './month-notes.ts';
import { makeNotes, type NotifierParts } from './notes.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { makePauseNotes, type PauseNotes } from './pause-notes.ts';
import { makeRunNotes, type RunNotes } from './run-notes.ts';
import { makeUploadNotes } from './upload-notes.ts';

export type Notifier = Notices &
  MissedNotes &
  Pick<GapNotes, 'refreshGap'> &
  PauseNotes &
  Pick<RunNotes, 'late'> & {
    /** The card follows the run. Never throws: Slack and its rows must not fail a run. */
    card(run: Run): Promise<void>;
    /** Where a run may be seen, best first; empty only where nobody is named in the settings. */
    places(run: Run): Promise<readonly string[]>;
  };

/** Says what Slack should show; the outbox delivers it. */
export function makeNotifier(parts: NotifierParts): Notifier {
  const notes = makeNotes(parts);
  const gap = makeGapNotes(notes);
  const intent = makeIntentNotes(notes);
  // Two that draw the same card at once, one for the run and one for a run of its: who read first might write last.
  const inTurn = oneAtATime();
  const checks = makeCheckNotes(notes, inTurn);
  const draw = (run: Run) => drawCard(notes, { gap, intent, uploads, month, checks }, run);
  const card = (run: Run): Promise<void> => inTurn(run.id, () => draw(run));
  const again = (id: string): Promise<void> => inTurn(id, async () => draw(await notes.runOf(id)));
  const uploads = makeUploadNotes(notes, again);
  const month = makeMonthNotes(notes, again);
  return {
    ...makeRunNotes(notes),
    ...makeMissedNotes(notes),
    ...gap,
    ...intent,
    ...uploads,
    ...makePauseNotes(notes),
    card,
    places: async (run) => notes.placesOf(run, await notes.clientOf(run)),
  };
}
