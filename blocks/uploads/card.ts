import type { Button, KnownBlock } from '@slack/types';
import { z } from 'zod';
import { EvergreenFacts, UndoFacts, UploadFacts } from '../../pipeline/uploads/facts.ts';
import { evergreenPreviewLines, uploadPreviewLines } from '../../pipeline/uploads/preview-words.ts';
import type { Run } from '../../pipeline/run.ts';
import { isLive } from '../../pipeline/vocabulary.ts';
import { actionIds } from '../ids.ts';
import { button, clip, confirm, context, count, escaped, mention, number, section } from '../kit.ts';
import type { CardAdditions } from '../run-card.ts';
import { evergreenNotes, windowName } from './words.ts';

/** What PT4 and PT5 add to the card of their runs. */
export function uploadAdditions(run: Run): CardAdditions {
  switch (run.workflow) {
    case 'upload':
      return ofUpload(run);
    case 'evergreen':
      return ofEvergreen(run);
    case 'evergreen-undo':
      return ofUndo(run);
    default:
      return { blocks: [], buttons: [] };
  }
}

function ofUpload(run: Run): CardAdditions {
  const facts = UploadFacts.safeParse(run.summary.upload);
  if (!facts.success) return { blocks: [], buttons: [] };
  if (run.dryRun) return { blocks: [preview(uploadPreviewLines(facts.data))], buttons: [] };
  const rows = facts.data.lists.map(
    ({ name, sent, accepted }) =>
      `• *${escaped(name)}* — ${number(sent)} sent${accepted === null ? '' : `, ${number(accepted)} accepted`}`,
  );
  // Whatever did not go as planned is in the SOP's message.
  return { blocks: lines(rows), buttons: [] };
}

const Undone = z.object({ by: z.string().nullable() });

function ofEvergreen(run: Run): CardAdditions {
  const facts = EvergreenFacts.safeParse(run.summary.evergreen);
  if (!facts.success) return { blocks: [], buttons: [] };
  if (run.dryRun) return { blocks: [preview(evergreenPreviewLines(facts.data))], buttons: [] };
  const { lists, from, to, totalBefore, totalAfter, added, kept } = facts.data;
  const people = lists.reduce((sum, list) => sum + list.people, 0);
  const grown = totalBefore === null || totalAfter === null ? '' : ` (${number(totalBefore)} → ${number(totalAfter)})`;
  const rows = [
    ...lists.map((list) => `• *${escaped(list.name)}* — ${count(list.people, 'lead')}`),
    ...(added === null ? [] : [`• ${number(added)} of ${count(people, 'lead')} added${grown}`]),
    ...(from === null || to === null ? [] : [`• Title: “${escaped(from)}” → “${escaped(to)}”`]),
    ...(kept.length > 0 ? [`• ${count(kept.length, 'setting')} read back and kept as they were`] : []),
  ];
  const undone = Undone.safeParse(run.summary.undone);
  const blocks = [...lines(rows), ...notes(evergreenNotes(facts.data))];
  if (undone.success) {
    blocks.push(
      context(
        `↩️ Taken back${undone.data.by ? ` by ${mention(undone.data.by)}` : ''}. No Monday takes this window up again.`,
      ),
    );
    return { blocks, buttons: [againButton(run, facts.data)] };
  }
  return { blocks, buttons: run.status === 'success' ? [undoButton(run, facts.data)] : [] };
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
  const facts = UndoFacts.safeParse(run.summary.undo);
  if (!facts.success || isLive(run.status)) return { blocks: [], buttons: [] };
  return { blocks: notes(facts.data.left.map(escaped)), buttons: [] };
}

const preview = (all: readonly string[]): KnownBlock =>
  section(clip(`*This is what it would do*\n${all.map((line) => `• ${escaped(line)}`).join('\n')}`, 2_900));

const lines = (rows: readonly string[]): KnownBlock[] =>
  rows.length === 0 ? [] : [section(clip(rows.join('\n'), 2_900))];

const notes = (all: readonly string[]): KnownBlock[] =>
  all.length === 0 ? [] : [section(clip(`⚠️ *Please note*\n${all.map((line) => `• ${line}`).join('\n')}`, 2_900))];
