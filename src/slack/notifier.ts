import type { Notices } from '../../pipeline/ports/index.ts';
import type { Run } from '../../pipeline/run.ts';
import { drawCard } from './cards.ts';
import { makeGapNotes, type GapNotes } from './gap-notes.ts';
import { makeIntentNotes, type IntentNotes } from './intent-notes.ts';
import { makeNotes, type NotifierParts } from './notes.ts';
import { makePauseNotes, type PauseNotes } from './pause-notes.ts';
import { makeRunNotes, type RunNotes } from './run-notes.ts';
import { makeUploadNotes, type UploadNotes } from './upload-notes.ts';

export type Notifier = Notices &
  Pick<IntentNotes, 'missedPoll'> &
  Pick<UploadNotes, 'missedMonday'> &
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
  const card = (run: Run): Promise<void> => drawCard(notes, { gap, intent, uploads }, run);
  const uploads = makeUploadNotes(notes, card);
  return {
    ...makeRunNotes(notes),
    ...gap,
    ...intent,
    ...uploads,
    ...makePauseNotes(notes),
    card,
    places: async (run) => notes.placesOf(run, await notes.clientOf(run)),
  };
}
