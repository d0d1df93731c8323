import { dueWords } from '../../blocks/due-words.ts';
import { dueKinds } from '../../pipeline/calendar/hours.ts';
import { makeLog } from '../log.ts';
import { sleep } from '../sleep.ts';
import { startWatcher, type Watcher } from '../watcher/index.ts';
import type { Overdue } from '../watcher/overdue.ts';
import { overdueMessages, purposeOf } from '../watcher/say.ts';
import { cardsOver, successPlace } from '../wiring/cards.ts';
import { startMessages } from '../wiring/messages.ts';
import type { CliDeps } from './deps.ts';

/** Two looks that must both see it, milliseconds. */
const betweenMs = 15_000;
/** Slack gets this long to take the message, milliseconds. */
const slackMs = 20_000;

/**
 * Watches an app from another process or machine, over the same rows. With a Slack token it posts by itself, for the app that
 * would is the one that may be dead.
 *
 * @param once looks, looks again where something is overdue, and ends: exit code 1 where it still is
 */
export async function watch(deps: CliDeps, { once }: { readonly once: boolean }): Promise<void> {
  const { store, clock, config } = deps;
  const log = makeLog(config.LOG_LEVEL);
  const outbox =
    config.SLACK_BOT_TOKEN === ''
      ? null
      : startMessages({ store, notifier: cardsOver({ store, clock, config, log }) }, config, log);
  const say = overdueMessages(store, config, successPlace(config), () => outbox?.nudge());
  const late: Overdue[] = [];
  const watcher = startWatcher({
    calendar: store.calendar,
    kinds: dueKinds,
    clock,
    log,
    settled: once,
    everyMs: once ? null : betweenMs,
    say: {
      ...say,
      async overdue(due, lastTick) {
        late.push(due);
        console.log(
          `${dueWords(due)} was due ${due.at.toISOString()} and did not start. Last tick: ${lastTick?.toISOString() ?? 'never'}.`,
        );
        await say.overdue(due, lastTick);
      },
    },
  });
  try {
    await (once ? lookTwice(watcher) : untilStopped());
    if (late.length > 0 && once) process.exitCode = 1;
    if (late.length === 0 && once)
      console.log(`Nothing is overdue. Last tick: ${watcher.standing().lastTick ?? 'never'}.`);
    if (outbox) await posted(deps, late, slackMs);
  } finally {
    await watcher.stop();
    await outbox?.stop();
  }
}

async function lookTwice(watcher: Watcher): Promise<void> {
  if ((await watcher.look()) === 0) return;
  await sleep(betweenMs);
  await watcher.look();
}

/** Ctrl-C, or whoever started it. */
const untilStopped = (): Promise<void> =>
  new Promise((stop) => {
    // The watcher's own timer keeps no process alive.
    const alive = setInterval(() => undefined, 60_000);
    const end = () => {
      clearInterval(alive);
      stop();
    };
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
  });

/** Waits until Slack has the alarms, or gave no answer for long. */
async function posted({ store }: Pick<CliDeps, 'store'>, late: readonly Overdue[], atMostMs: number): Promise<void> {
  for (const deadline = Date.now() + atMostMs; Date.now() < deadline; await sleep(500)) {
    const messages = await Promise.all(late.map((due) => store.messages.find(null, purposeOf(due))));
    if (messages.every((message) => !message || message.givenUp || message.ts !== null)) return;
  }
}
