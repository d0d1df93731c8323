import { calledWords, count, duration, escaped, moment, whoWords } from '../../blocks/kit.ts';
import { runSentence, runTitle } from '../../blocks/run-card.ts';
import { loginName } from '../../pipeline/logins.ts';
import { shortId } from '../../pipeline/run.ts';
import { asBusinessTime, today } from '../clock.ts';
import { scopeOf } from '../operations/who-may.ts';
import { holderWords } from '../runs/holder.ts';
import type { StoredRun } from '../store/runs/row.ts';
import type { WhyReading } from './why-reading.ts';

/** Why a run stands where it stands: its answer in a sentence first, then who holds it and what it waits for. */
export async function whyRunLines(reading: WhyReading, run: StoredRun): Promise<string[]> {
  const { store, clock } = reading;
  const client = run.client === null ? null : ((await store.clients.get(run.client))?.name ?? run.client);
  const title = `*${escaped(runTitle(run, client))}* (run \`${shortId(run.id)}\`)`;
  switch (run.status) {
    case 'queued':
      return [`${title} ${await whyQueued(reading, run)}`];
    case 'running': {
      const { phase, detail } = run.progress;
      const at = phase === undefined ? '' : `: ${escaped([phase, detail].filter(Boolean).join(', '))}`;
      const waits = run.leaseHolder === null ? [] : await store.leases.waitedFor(run.leaseHolder);
      const since = run.startedAt === null ? '' : `, ${duration(Date.now() - run.startedAt.getTime())} since it began`;
      return [
        `${title} is at work${at}.`,
        `Held by ${run.leaseHolder === null ? 'nobody right now' : escaped(holderWords(run.leaseHolder))}${since}.`,
        ...waits.map(
          ({ login, since: from }) =>
            `Its process waits for the login ${escaped(loginName(login))} since ${moment(asBusinessTime(clock, from))}: another has it.`,
        ),
        ...(run.cancelRequestedBy === null
          ? []
          : [`It stops at its next safe point: canceled by ${whoWords(run.cancelRequestedBy)}.`]),
      ];
    }
    case 'waiting': {
      const open = (await store.approvals.pending()).filter(({ runId }) => runId === run.id);
      const who = await store.clients.approversOf(scopeOf(run), today(clock));
      const until = open.map(({ expiresAt }) => expiresAt.getTime());
      return [
        `${title} waits for a person: ${count(open.length, 'open question')}${run.error === null ? '' : `, ${escaped(run.error)}`}`,
        ...open
          .slice(0, 5)
          .map(
            (one) =>
              `• for ${/^[aeiou]/.test(one.requiredRole) ? 'an' : 'a'} ${one.requiredRole}: ${questionWords(one.kind)}`,
          ),
        ...(who.length > 0
          ? [`Who may decide: ${who.map(calledWords).join(' ')}.`]
          : ['Nobody has the role of an approver for it.']),
        ...(until.length > 0 ? [`The first of them expires ${moment(new Date(Math.min(...until)))}.`] : []),
      ];
    }
    default:
      return [
        escaped(runSentence(run, client)),
        ...(run.finishedAt === null
          ? []
          : [`It ended ${moment(asBusinessTime(clock, run.finishedAt))} (run \`${shortId(run.id)}\`).`]),
      ];
  }
}

const questionWords = (kind: string): string => (kind === 'human' ? 'somebody has to look' : kind.replaceAll('_', ' '));

async function whyQueued({ store, clock }: WhyReading, run: StoredRun): Promise<string> {
  if (run.wakeAt !== null && run.wakeAt > new Date()) {
    const why =
      run.errorType === null
        ? run.progress.phase === undefined
          ? ''
          : `: it looks again then (${escaped([run.progress.phase, run.progress.detail].filter(Boolean).join(', '))})`
        : `: ${escaped(run.error ?? run.errorType)}`;
    return `sleeps until ${moment(asBusinessTime(clock, run.wakeAt))}${why}.`;
  }
  const working = (await store.runs.open()).filter(({ status }) => status === 'running').length;
  return `waits for a free place: ${count(working, 'run')} ${working === 1 ? 'is' : 'are'} at work. Where that is none, no process takes up runs: please see whether LeadOps runs.`;
}
