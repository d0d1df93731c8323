import type { Button, KnownBlock } from '@slack/types';
import { factsOf, type WorkflowName } from '../../pipeline/kinds.ts';
import type { EvergreenFacts } from '../../pipeline/uploads/facts.ts';
import { evergreenPreviewLines, uploadPreviewLines } from '../../pipeline/uploads/preview-words.ts';
import { isLive, type Run } from '../../pipeline/run.ts';
import { actionIds } from '../ids.ts';
import { button, clip, confirm, context, count, escaped, mention, number, section } from '../kit.ts';
import type { CardAdditions } from '../run-card.ts';
import { evergreenNotes, windowName } from './words.ts';

const nothing: CardAdditions = { blocks: [], buttons: [] };

/** What each kind of run adds to the card that all of them have. A Monday and a poll have cards of their own. */
const additions: Readonly<Record<WorkflowName, (run: Run) => CardAdditions>> = {
  'pull-leads': () => nothing,
  upload: ofUpload,
  evergreen: ofEvergreen,
  'evergreen-undo': ofUndo,
  weekly: () => nothing,
  monthly: () => nothing,
  check: () => nothing,
  intent: () => nothing,
  'intent-send': () => nothing,
};

export const cardAdditions = (run: Run): CardAdditions => additions[run.workflow](run);

function ofUpload(run: Run): CardAdditions {
  const facts = factsOf('upload', run)?.upload;
  if (!facts) return nothing;
  if (run.dryRun) return { blocks: [preview(uploadPreviewLines(facts))], buttons: [] };
  const rows = facts.lists.map(
    ({ name, sent, accepted }) =>
      `• *${escaped(name)}* — ${number(sent)} sent${accepted === null ? '' : `, ${number(accepted)} accepted`}`,
  );
  // Whatever did not go as planned is in the SOP's message.
  return { blocks: lines(rows), buttons: [] };
}

function ofEvergreen(run: Run): CardAdditions {
  const { evergreen: facts, undone } = factsOf('evergreen', run) ?? {};
  if (!facts) return nothing;
  if (run.dryRun) return { blocks: [preview(evergreenPreviewLines(facts))], buttons: [] };
  const { lists, from, to, totalBefore, totalAfter, added, kept } = facts;
  const people = lists.reduce((sum, list) => sum + list.people, 0);
  const grown = totalBefore === null || totalAfter === null ? '' : ` (${number(totalBefore)} → ${number(totalAfter)})`;
  const rows = [
    ...lists.map((list) => `• *${escaped(list.name)}* — ${count(list.people, 'lead')}`),
    ...(added === null ? [] : [`• ${number(added)} of ${count(people, 'lead')} added${grown}`]),
    ...(from === null || to === null ? [] : [`• Title: “${escaped(from)}” → “${escaped(to)}”`]),
    ...(kept.length > 0 ? [`• ${count(kept.length, 'setting')} read back and kept as they were`] : []),
  ];
  const blocks = [...lines(rows), ...notes(evergreenNotes(facts))];
  if (undone) {
    blocks.push(
      context(`↩️ Taken back${undone.by ? ` by ${mention(undone.by)}` : ''}. No Monday takes this window up again.`),
    );
    return { blocks, buttons: [againButton(run, facts)] };
  }
  return { blocks, buttons: run.status === 'success' ? [undoButton(run, facts)] : [] };
}

function undoButton(run: Run, { window, from, added }: EvergreenFacts): Button {
  const people = added === null ? 'its leads' : count(added, 'lead');
  return button('Undo', actionIds.undoEvergreen, run.id, {
    style: 'danger',
    confirm: confirm(
      `Take ${windowName(window)} back?`,
      `${people} leave the campaign and it is “${clip(from ?? '', 70)}” again. Taking people out deletes their history in it for good; mail that was sent stays sent. No Monday attaches this window again.`,
      'Take it back',
    ),
  });
}

function againButton(run: Run, { window }: EvergreenFacts): Button {
  return button('Attach again', actionIds.attachAgain, run.id, {
    confirm: confirm(
      `Attach ${windowName(window)} again?`,
      'Its lists go into the campaign once more, and the campaign is named after the window.',
      'Attach again',
    ),
  });
}

function ofUndo(run: Run): CardAdditions {
  const facts = factsOf('evergreen-undo', run)?.undo;
  if (!facts || isLive(run)) return nothing;
  return { blocks: notes(facts.left.map(escaped)), buttons: [] };
}

const preview = (all: readonly string[]): KnownBlock =>
  section(clip(`*This is what it would do*\n${all.map((line) => `• ${escaped(line)}`).join('\n')}`, 2_900));

const lines = (rows: readonly string[]): KnownBlock[] =>
  rows.length === 0 ? [] : [section(clip(rows.join('\n'), 2_900))];

const notes = (all: readonly string[]): KnownBlock[] =>
  all.length === 0 ? [] : [section(clip(`⚠️ *Please note*\n${all.map((line) => `• ${line}`).join('\n')}`, 2_900))];
