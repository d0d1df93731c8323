import type { HomeView, KnownBlock } from '@slack/types';
import type { ErrorTypeCount, HomeFacts } from './home-facts.ts';
import { actionIds } from './ids.ts';
import { intentHome } from './intent/home.ts';
import {
  actions,
  bar,
  button,
  context,
  count,
  divider,
  duration,
  escaped,
  fit,
  header,
  limits,
  moment,
  number,
  section,
} from './kit.ts';
import { runSentence, runTitle } from './run-card.ts';
import { nextDueLine } from './schedule.ts';
import { shortId } from '../pipeline/run.ts';

const each = 8;

/**
 * App Home: what needs you first, what is over last (docs/sop.md#app-home).
 *
 * @param now the machine's time, which durations are counted to
 * @param asOf business time, which people read
 */
export function home(facts: HomeFacts, now: Date, asOf: Date): HomeView {
  const blocks: KnownBlock[] = [
    ...titled('🙋 Needs you', needsYou(facts)),
    ...titled('⏳ Running', running(facts, now)),
    ...titled('⚠️ At risk', atRisk(facts)),
    ...titled('🗓️ Next due', calendar(facts)),
    ...titled('🎯 This month against target', targets(facts)),
    ...titled('📡 Intent polling', intentHome(facts.intent)),
    ...titled('🗂️ Recent runs', recent(facts)),
    context(
      `As of ${moment(asOf)} · role: ${facts.role ?? 'none (ask an admin)'} · \`/leadops help\` shows every command`,
    ),
  ];
  return { type: 'home', blocks: fit(blocks, limits.viewBlocks) };
}

function titled(title: string, blocks: readonly KnownBlock[]): KnownBlock[] {
  return [header(title), ...blocks, divider()];
}

function needsYou({ waiting }: HomeFacts): KnownBlock[] {
  if (waiting.length === 0) return [context('Nothing waits for you.')];
  return waiting
    .slice(0, each)
    .map(({ run, clientName, open, link }) =>
      section(
        `✋ *${escaped(runTitle(run, clientName))}* — ${
          run.errorType ? escaped(run.error ?? '') : count(open, 'open question')
        }${link ? ` · <${link}|open>` : ''}`,
        button('Details', actionIds.runDetails, run.id),
      ),
    );
}

function running({ live }: HomeFacts, now: Date): KnownBlock[] {
  if (live.length === 0) return [context('Nothing is running.')];
  return live.slice(0, each).map(({ run, clientName, link }) => {
    const { phase, done, of, unit } = run.progress;
    const where = phase ? ` — ${phase}${of ? ` ${number(done ?? 0)} of ${number(of)} ${unit ?? ''}` : ''}` : '';
    const drawn = of ? `\n${bar(done ?? 0, of)}` : '';
    const spent = run.startedAt ? ` · ${duration(now.getTime() - run.startedAt.getTime())}` : '';
    return section(
      `*${escaped(runTitle(run, clientName))}*${where}${spent}${link ? ` · <${link}|open>` : ''}${drawn}`,
      button('Details', actionIds.runDetails, run.id),
    );
  });
}

function atRisk({ risks, slackAway }: HomeFacts): KnownBlock[] {
  const away = slackAway
    ? [
        context(
          `Slack was away from ${moment(slackAway.from)} to ${moment(slackAway.to)} (${duration(slackAway.to.getTime() - slackAway.from.getTime())}): what was typed or clicked meanwhile did not reach me.`,
        ),
      ]
    : [];
  if (risks.length === 0) return [context('Nothing is at risk.'), ...away];
  return [...risks.slice(0, each).map((risk) => section(`• ${escaped(risk)}`)), ...away];
}

/** The next of each kind, and what is paused. */
function calendar({ nextDue, pauses }: HomeFacts): KnownBlock[] {
  return [
    section(nextDue.map(nextDueLine).join('\n')),
    ...pauses.slice(0, each).map((pause) => section(pause)),
    ...(pauses.length > each
      ? [context(`… and ${count(pauses.length - each, 'more pause')}: \`/leadops schedule\``)]
      : []),
  ];
}

function targets({ months }: HomeFacts): KnownBlock[] {
  if (months.length === 0) return [context('No month was pulled yet.')];
  return months
    .slice(0, each * 2)
    .map((month) =>
      section(
        `*${escaped(month.clientName)}* · ${month.title}\n${bar(month.cleaned, month.target)} · ${number(month.cleaned)} of ${number(month.target)}${
          month.gap > 0
            ? ` · missing ${number(month.gap)}`
            : month.reserve > 0
              ? ` · ${number(month.reserve)} in reserve`
              : ''
        }`,
      ),
    );
}

function recent({ recentRuns, failed, finished, errors }: HomeFacts): KnownBlock[] {
  const rate = `Failed in 30 days: ${number(failed)} of ${number(finished)}${errorTypes(errors)}`;
  return [
    context(rate),
    ...recentRuns
      .slice(0, each)
      .map(({ run, clientName }) =>
        section(
          `${escaped(runSentence(run, clientName))} ${moment(run.askedAt)} · \`${shortId(run.id)}\``,
          button('Details', actionIds.runDetails, run.id),
        ),
      ),
  ];
}

function errorTypes(errors: readonly ErrorTypeCount[]): string {
  return errors.length === 0 ? '' : ` · ${errors.map(({ type, times }) => `${type} ${number(times)}`).join(', ')}`;
}

export function homeFailed(message: string): HomeView {
  return {
    type: 'home',
    blocks: [
      section(`*LeadOps cannot show its state right now.*\n${escaped(message)}`),
      actions(button('Look again', actionIds.openHome, 'home')),
    ],
  };
}
