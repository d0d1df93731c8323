import type { Button, KnownBlock } from '@slack/types';
import { deliveryState } from '../../pipeline/intent/delivery.ts';
import { isLive, type Run } from '../../pipeline/run.ts';
import { actionIds } from '../ids.ts';
import { button, clip, confirm, context, count, escaped, number, section, type Message } from '../kit.ts';
import { runCard } from '../run-card.ts';
import type { IntentView } from './view.ts';
import { budgetLine, estimateLine, funnelTable, leadLines, lossLine, raisedLine } from './words.ts';

/** The card of an intent run: where it stands, and in the end its whole report. */
export function intentCard(run: Run, view: IntentView, now: Date): Message {
  // The funnel already says what the phases said, so the finished card goes without them.
  const shown = run.status === 'success' || run.status === 'skipped' ? { ...run, progress: {} } : run;
  return runCard(shown, null, now, [], { blocks: blocksOf(run, view), buttons: buttonsOf(run, view) });
}

function blocksOf(run: Run, view: IntentView): KnownBlock[] {
  const { facts, config, batch, top, budget, credits } = view;
  const blocks: KnownBlock[] = [];
  const live = isLive(run);
  if (facts && !live) {
    blocks.push(section(`*How the day went*\n${funnelTable(facts)}`));
    const why = lossLine(facts, config);
    if (why !== '') blocks.push(context(clip(why, 1_500)));
  }
  if (batch && top.length > 0)
    blocks.push(section(`*${top.length < batch.leads ? 'Top leads' : 'Leads'}*\n${leadLines(top, batch.leads)}`));
  blocks.push(...deliveryBlocks(run, view));
  if (facts && (run.dryRun || run.status === 'skipped')) blocks.push(section(estimateLine(facts)));
  const spent = run.dryRun
    ? ''
    : `💳 This run: *${count(credits.spent + credits.unsettled, 'credit')}*${unsettledWords(view)}\n`;
  blocks.push(section(`${spent}${budgetLine(budget)}`));
  const raised = raisedLine(budget);
  if (raised !== '') blocks.push(context(raised));
  const warnings = facts?.warnings ?? [];
  if (warnings.length > 0) {
    blocks.push(
      section(`⚠️ *Please look at*\n${clip(warnings.map((line) => `• ${escaped(line)}`).join('\n'), 2_500)}`),
    );
  }
  return blocks;
}

function unsettledWords({ credits: { unsettled } }: IntentView): string {
  return unsettled > 0 ? `, ${number(unsettled)} of them unsettled: their answer was lost` : '';
}

/** Only what is not as it should be. */
function deliveryBlocks(run: Run, { batch, fileProblem }: IntentView): KnownBlock[] {
  if (!batch) return [];
  const lines: string[] = [];
  const state = deliveryState(batch);
  if (state === 'maybe' || state === 'undelivered') {
    lines.push(`📭 *Not delivered:* its companies do not count as exported.`);
    for (const [address, { outcome, reply }] of Object.entries(batch.recipients)) {
      lines.push(`• ${escaped(address)}: ${outcomes[outcome]}${reply === '' ? '' : ` (${escaped(clip(reply, 150))})`}`);
    }
  } else if (state === 'waiting' && run.status === 'success') {
    lines.push('📭 *Not delivered:* its companies do not count as exported. The file is behind *Details*.');
  } else if (batch.deliveredBy === 'person') lines.push('📬 Somebody looked: the mail had arrived.');
  if (fileProblem !== null)
    lines.push(`📎 The file could not be posted here (${escaped(clip(fileProblem, 150))}); it is behind *Details*.`);
  return lines.length === 0 ? [] : [section(clip(lines.join('\n'), 2_800))];
}

const outcomes = {
  accepted: 'has it',
  refused: 'refused',
  temporary: 'put off',
  maybe: 'maybe sent: the server took it and never answered',
  sending: 'being sent',
} as const;

function buttonsOf(run: Run, view: IntentView): Button[] {
  const { batch, facts, credits, budget } = view;
  if (isLive(run)) return [];
  const buttons: Button[] = [];
  const needed = facts?.estimate.total ?? 0;
  if (run.status === 'skipped' && needed > budget.left) {
    buttons.push(button('Raise the cap …', actionIds.intentRaise, run.id, { style: 'primary' }));
  }
  if (run.status === 'skipped' || (run.dryRun && run.status === 'success' && needed > 0)) {
    buttons.push(
      runNowButton(
        run.id,
        `Up to ${count(needed, 'credit')} for ${count(facts?.estimate.contacts ?? 0, 'company', 'companies')}; ${number(budget.left)} of ${number(budget.cap)} are left this week.`,
        needed <= budget.left,
      ),
    );
  }
  if (batch && run.status === 'success' && batch.deliveredBy === null)
    buttons.push(...deliveryButtons(batch.id, deliveryState(batch)));
  if (credits.unsettled > 0) {
    buttons.push(
      button(`Release ${count(credits.unsettled, 'credit')} …`, actionIds.intentRelease, run.id, {
        confirm: confirm(
          'Were they not charged?',
          `Compare with ZoomInfo's own usage page first. Released, the ${count(credits.unsettled, 'credit')} can be spent again this week, and a retry may ask ZoomInfo again.`,
          'Not charged: release',
        ),
      }),
    );
  }
  return buttons;
}

/**
 * Starts a run; the confirm says what it may cost.
 * @param like the run whose wishes it takes over (a file in Slack instead of a mail); `home` where there is none
 */
export function runNowButton(like: string, estimate: string, primary: boolean): Button {
  return button('Run now', actionIds.intentRunNow, like, {
    ...(primary && { style: 'primary' as const }),
    confirm: confirm(
      'Poll intent signals now?',
      `${estimate} Searching is free; what a run reserves and does not spend is given back.`,
      'Run now',
    ),
  });
}

function deliveryButtons(batch: string, state: ReturnType<typeof deliveryState>): Button[] {
  if (state !== 'maybe') {
    return [button('Send again', actionIds.intentSendAgain, batch, { style: 'primary' })];
  }
  return [
    button('Send again', actionIds.intentSendAgain, batch, {
      style: 'primary',
      confirm: confirm(
        'Send the mail again?',
        'It may have arrived. It is the same message with the same Message-ID; somebody may see it twice.',
        'Send again',
      ),
    }),
    button('It arrived', actionIds.intentArrived, batch, {
      confirm: confirm('Did it arrive?', 'The batch counts as delivered, and its companies as exported.', 'It arrived'),
    }),
  ];
}
