import type { KnownBlock } from '@slack/types';
import type { IntentConfig } from '../../pipeline/intent/config.ts';
import type { Budget } from '../../pipeline/ports/intent.ts';
import { isLive, type Run, shortId } from '../../pipeline/run.ts';
import { actionIds } from '../ids.ts';
import { actions, button, clip, context, count, escaped, moment, number, section } from '../kit.ts';
import { marks, runSentence, shownStatus } from '../run-card.ts';
import { runNowButton } from './card.ts';
import { budgetLine, raisedLine } from './words.ts';

/** What App Home shows of intent polling. */
export type IntentHome = {
  /** Whether there is a login for ZoomInfo: without one the calendar starts nothing. */
  readonly setUp: boolean;
  readonly next: Date;
  /** Newest first, dry runs included. */
  readonly runs: readonly Run[];
  readonly budget: Budget;
  readonly config: IntentConfig;
  /** Credits of the last estimate of the last day, where there was one. */
  readonly estimated: number | null;
  readonly mayRun: boolean;
  readonly mayRaise: boolean;
};

const rows = 6;

export function intentHome(home: IntentHome): KnownBlock[] {
  const { runs, budget, config } = home;
  const live = runs.find(isLive);
  const last = runs.find((run) => run.finishedAt !== null && !run.dryRun);
  const raised = raisedLine(budget);
  return [
    section(
      [
        home.setUp
          ? `*Next run* ${moment(home.next, '{date_long_pretty} at {time}')}`
          : '*Not set up:* there is no login for ZoomInfo, so the calendar starts nothing. Store it with `leadops credentials set zoominfo --username …`.',
        last ? `*Last run* ${escaped(runSentence(last, null))} ${moment(last.askedAt)}` : '*Last run* none yet',
        ...(live ? [`*Now* ${marks[shownStatus(live)]} ${escaped(runSentence(live, null))}`] : []),
      ].join('\n'),
    ),
    section(`*Credits this week*\n${budgetLine(budget)}${raised === '' ? '' : `\n${raised}`}`),
    actions(
      home.mayRun ? runNowButton('home', estimateWords(home), !live) : undefined,
      home.mayRaise ? button('Raise the cap …', actionIds.intentRaise, 'home') : undefined,
      button('Refresh', actionIds.openHome, 'home'),
    ),
    ...runs.slice(0, rows).map(row),
    context(clip(configLine(config), 2_000)),
  ];
}

function estimateWords({ config, estimated, budget }: IntentHome): string {
  const most = config.companies * 3;
  const lately = estimated === null ? '' : `; the last estimate was ${number(estimated)}`;
  return `Estimate: at most ${count(most, 'credit')} (${number(config.companies)} companies)${lately}. ${number(budget.left)} of ${number(budget.cap)} are left this week.`;
}

function row(run: Run): KnownBlock {
  const status = shownStatus(run);
  const parts = [
    `${marks[status]} *${status}*`,
    cameOf(run),
    count(run.creditsUsed, 'credit'),
    ...(run.batchId ? [run.batchId] : []),
    run.trigger,
    moment(run.askedAt),
    `\`${shortId(run.id)}\``,
  ];
  return section(parts.join(' · '), button('Details', actionIds.runDetails, run.id));
}

function cameOf({ dryRun, status, leadsExported }: Run): string {
  if (dryRun) return 'preview';
  if (status === 'skipped') return 'over budget';
  return leadsExported > 0 ? `${count(leadsExported, 'lead')} delivered` : 'no leads delivered';
}

/** The configuration, read-only: it is a file. */
export function configLine(config: IntentConfig): string {
  const { min, max } = config.employees;
  const parts = [
    `Topics ${config.topics.map(escaped).join(', ')}`,
    `strength ${config.signalStrengths.join(', ')}`,
    `${number(min)}–${number(max)} employees`,
    count(config.sicCodes.length, 'SIC code'),
    `${config.managementLevels.join(', ')} with accuracy ${config.accuracyMin} or more`,
    `best ${number(config.companies)} companies a run`,
    `exported companies rest ${count(config.dedupeDays, 'day')}`,
    `cap ${number(config.weeklyCap)} credits a week, told at ${config.alerts.map((share) => `${Math.round(share * 100)} %`).join(', ')}`,
    config.owners.length > 0 ? `owners ${config.owners.map(escaped).join(', ')}` : 'no contact owners',
  ];
  return `⚙️ ${parts.join(' · ')}`;
}
