import { checkCard, type ShownCheck } from '../../blocks/check/card.ts';
import { ownerCheck } from '../../blocks/check/owner.ts';
import { mention, section, type Message } from '../../blocks/kit.ts';
import { checkSentence, type LoginCheck, type ToldOwner } from '../../pipeline/check-facts.ts';
import { factsOf } from '../../pipeline/kinds.ts';
import { loginOf } from '../../pipeline/logins.ts';
import { isLive, type Run } from '../../pipeline/run.ts';
import { today } from '../clock.ts';
import { nextNeed } from '../reports/next-need.ts';
import type { StoredRun } from '../store/runs/row.ts';
import type { Notes } from './notes.ts';
import type { OneAtATime } from './one-at-a-time.ts';
import { purposes } from './purposes.ts';

export type CheckNotes = {
  readonly checkCard: (run: Run) => Promise<Message>;
  /** What else follows a check that is over: owners of logins that failed, who asked for it, and messages of earlier checks. */
  readonly checkOver: (run: Run) => Promise<void>;
};

/** Checks that a check is compared with, the newest ones. */
const recently = 30;

/**
 * What sign-in checks say in Slack.
 *
 * @param inTurn draws what belongs to a run, one at a time
 */
export function makeCheckNotes(notes: Notes, inTurn: OneAtATime): CheckNotes {
  const { store, want, channelOf } = notes;

  const lastChecks = () => store.runs.recent({ workflow: 'check', limit: recently });

  const cardOf = async (run: Run, checks: readonly StoredRun[]) => {
    // What is handed in may be as it was at the start: the row has what was told since.
    const now = (await store.runs.get(run.id)) ?? run;
    return checkCard(run, shownOf(now, checks), new Date());
  };

  /** Told once: whoever stands in or owns the login later changes nothing. */
  async function tellOwners(run: Run): Promise<void> {
    const now = (await store.runs.get(run.id)) ?? run;
    const failed = checksOf(now).filter(({ state }) => state === 'failed');
    if (failed.length === 0 || toldOf(now).length > 0) return;
    const logins = await store.credentials.list();
    const told: ToldOwner[] = [];
    for (const { login } of failed) {
      const owner = logins.find(({ site, state }) => loginOf(site, state) === login)?.owner ?? null;
      const first = owner ?? notes.admin;
      if (first === null) continue;
      const slackId = await store.clients.actingFor(first, today(notes.clock));
      told.push({ login, slackId, insteadOf: slackId === first ? null : first, nobodys: owner === null });
    }
    await store.runs.mergeSummary(run.id, { told });
  }

  /** What hangs on what became of the logins: the card, and what their owners were told. */
  async function draw(run: Run, checks: readonly StoredRun[]): Promise<void> {
    const now = (await store.runs.get(run.id)) ?? run;
    const channel = channelOf(now, null);
    if (channel) await want(now, purposes.card, channel, await cardOf(now, checks));
    const shown = shownOf(now, checks);
    for (const told of toldOf(now)) {
      const login = shown.find((one) => one.login === told.login);
      if (!login) continue;
      const needed = await nextNeed(store, told.login, now.askedAt);
      await want(now, `owner: ${told.login}`, told.slackId, ownerCheck(now, login, { ...told, needed }));
    }
  }

  return {
    checkCard: async (run) => cardOf(run, await lastChecks()),

    async checkOver(run) {
      if (run.workflow !== 'check' || isLive(run)) return;
      await tellOwners(run);
      const checks = await lastChecks();
      await draw(run, checks);
      const channel = channelOf(run, null);
      if (run.status === 'success' && run.requestedBy && channel) {
        // An edited card notifies nobody, and they wait for it.
        const text = `${mention(run.requestedBy)} ${checkSentence(checksOf(run))}`;
        await want(run, 'thread: ended', channel, { text, blocks: [section(text)] }, purposes.card);
      }
      const looked = new Set(checksOf(run).map(({ login }) => login));
      for (const earlier of checks) {
        const concerned = checksOf(earlier).some(({ login, state }) => state === 'failed' && looked.has(login));
        if (earlier.createdAt < run.createdAt && !isLive(earlier) && concerned) {
          await inTurn(earlier.id, () => draw(earlier, checks));
        }
      }
    },
  };
}

const checksOf = (run: Run): readonly LoginCheck[] => factsOf('check', run)?.check.logins ?? [];
const toldOf = (run: Run): readonly ToldOwner[] => factsOf('check', run)?.told ?? [];

/** Its logins: one that failed as the last check found it that looked, the others as this one did. */
function shownOf(run: Run, checks: readonly StoredRun[]): readonly ShownCheck[] {
  const later = checks
    .filter(({ createdAt }) => createdAt > run.createdAt)
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  return checksOf(run).map((own) => {
    const newer = own.state === 'failed' ? later : [];
    const last = newer
      .flatMap((one) => checksOf(one).map((found) => ({ found, at: one.askedAt })))
      .find(({ found }) => found.login === own.login && found.state !== 'waiting');
    const told = toldOf(run).flatMap(({ login, slackId }) => (login === own.login ? [slackId] : []));
    return { ...(last?.found ?? own), again: last?.at ?? null, told };
  });
}
