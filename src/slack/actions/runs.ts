import { z } from 'zod';
import { intentDetails } from '../../../blocks/intent/details.ts';
import { detailsModal, loadingModal, messageModal, type DetailLine } from '../../../blocks/modals.ts';
import { runSentence, runTitle, statusWords } from '../../../blocks/run-card.ts';
import { asker, clip, count, duration, escaped, moment, number } from '../../../blocks/kit.ts';
import { bookLines } from '../../../blocks/books.ts';
import { factsOf } from '../../../pipeline/kinds.ts';
import { isMonth } from '../../../pipeline/month.ts';
import type { Role } from '../../../pipeline/vocabulary.ts';
import { intentView } from '../../reports/intent-view.ts';
import { reopenLane } from '../../operations/open-lane.ts';
import type { Links } from '../../links.ts';
import { everyClient } from '../../store/members.ts';
import type { StoredRun } from '../../store/runs/row.ts';
import { mayAct, notAllowed, roleFor, scopeOf, type SlackDeps } from '../deps.ts';
import { startPull } from '../commands/pull-leads.ts';
import { fileRole, mayHaveFiles } from '../file-access.ts';
import { newerRun } from '../newer-run.ts';
import type { Click } from './click.ts';

/** The database went away between the look at who may and the deed. */
export const cancelNoted =
  'My database does not answer right now. What this run does here stops at its next safe point; it is written down as canceled when the database is back.';

export async function cancelRun(deps: SlackDeps, click: Click): Promise<void> {
  const run = await allowedRun(deps, click, 'operator');
  if (!run) return;
  const status = await deps.runner.cancel(run.id, click.user);
  if (status === 'noted') await click.tell(cancelNoted);
  else if (!status) await click.tell(`This run is already over (${run.status}). Nothing was canceled.`);
}

export async function retryRun(deps: SlackDeps, click: Click): Promise<void> {
  const run = await allowedRun(deps, click, 'operator');
  if (!run) return;
  const newer = await newerRun(deps, run);
  if (newer) return click.tell(newer);
  const status = await deps.runner.retry(run.id, click.user);
  if (!status)
    await click.tell(
      `This run is ${statusWords[run.status]}; only a failed or canceled run can be retried. Nothing was done.`,
    );
}

/**
 * Somebody looked at a vendor's changed page: that vendor's lane takes work again, and the run goes on, as does every other
 * that waited for it. A lane is everybody's: the role for one client is not enough.
 */
export async function openLane(deps: SlackDeps, click: Click): Promise<void> {
  const [runId = '', vendor = ''] = click.value.split('|');
  const run = await deps.store.runs.get(runId);
  if (!run) return click.tell('This run is not there any more. Nothing was done.');
  if (!mayAct(await roleFor(deps, click.user, everyClient), 'approver'))
    return click.tell(notAllowed('approver', everyClient));
  if (vendor === '') return click.tell('This button does not say which vendor. Nothing was done.');
  const newer = run.status === 'failed' ? await newerRun(deps, run) : null;
  const { opened, woken } = await reopenLane(deps.store, vendor, {
    who: click.user,
    now: deps.clock.now(),
    runId: run.id,
  });
  deps.runner.nudge();
  for (const id of new Set([...woken, run.id])) {
    const now = await deps.store.runs.get(id);
    if (now) await deps.notifier.card(now);
  }
  const says = opened ? `${vendor} takes work again.` : `${vendor} was open already.`;
  const others = woken.filter((id) => id !== run.id).length;
  const more =
    others > 0 ? ` ${count(others, 'other run')} that waited for it ${others === 1 ? 'goes' : 'go'} on.` : '';
  if (woken.includes(run.id)) return opened && others === 0 ? undefined : click.tell(`${says}${more}`);
  if (newer) return click.tell(`${says}${more} ${newer}`);
  const status = await deps.runner.retry(run.id, click.user);
  if (status) return others === 0 ? undefined : click.tell(`${says}${more}`);
  await click.tell(`${says}${more} This run is ${statusWords[run.status]} and was left as it is.`);
}

const Anyway = z.object({ client: z.string(), month: z.string(), refresh: z.boolean() });

/** "Pull anyway" under a question that came before the start. */
export async function pullAnyway(deps: SlackDeps, click: Click): Promise<void> {
  const wanted = Anyway.safeParse(JSON.parse(click.value));
  const client = wanted.success ? await deps.store.clients.get(wanted.data.client) : null;
  if (!wanted.success || !client || !isMonth(wanted.data.month)) {
    return click.tell('This question is too old to be answered. Nothing was started.');
  }
  if (!mayAct(await roleFor(deps, click.user, client.slug), 'operator'))
    return click.tell(notAllowed('operator', client.slug));
  const reply = await startPull(deps, client, wanted.data.month, {
    dryRun: false,
    refresh: wanted.data.refresh,
    user: click.user,
    channel: click.channel ?? client.channel,
  });
  await click.dismiss(reply?.text ?? 'Started: its card is in this channel.');
}

/** "Pick up late verdicts" under a report that is over: a pull that finds everything stored but the verdicts. */
export async function pickUpLate(deps: SlackDeps, click: Click): Promise<void> {
  const run = await allowedRun(deps, click, 'operator');
  const client = run?.client ? await deps.store.clients.get(run.client) : null;
  if (!run || !client || !run.month) return;
  const reply = await startPull(deps, client, run.month, {
    dryRun: false,
    refresh: false,
    user: click.user,
    channel: click.channel ?? client.channel,
  });
  if (reply) await click.tell(reply.text);
}

export async function runDetails(deps: SlackDeps, links: Links, click: Click): Promise<void> {
  const viewId = await click.openModal(loadingModal('Run'));
  if (!viewId) return;
  const run = await deps.store.runs.get(click.value);
  if (!run) return click.updateModal(viewId, messageModal('Run', 'This run is not there any more.'));
  const client = run.client ? await deps.store.clients.get(run.client) : null;
  const handing = handFiles(links, click.user, await mayHaveFiles(deps, click.user, scopeOf(run)));
  const lines = await detailLines(deps, handing.link, run, client?.name ?? null);
  const { handed, withheld } = handing;
  if (withheld.length > 0) {
    const whom = run.client === null ? 'for all clients' : `for ${run.client}`;
    lines.push({
      title: `${withheld.length === 1 ? 'A file is' : `${withheld.length} files are`} not shown`,
      text: `Exports, screenshots and traces need the role *${fileRole}* ${whom}, which you do not have. An admin can give it.`,
    });
  }
  if (handed.length > 0) {
    // Before anybody sees a link: what cannot be noted is not handed out.
    await deps.store.runs.audit({ who: click.user, what: 'hand out files', runId: run.id, facts: { files: handed } });
  }
  await click.updateModal(viewId, detailsModal('Run', lines));
}

/** A link to a file, or null where the person may not have it. */
type Link = (key: string) => string | null;

/** Makes a person's links, and keeps account of them. */
function handFiles(links: Links, user: string, may: boolean) {
  const handed: string[] = [];
  const withheld: string[] = [];
  const link: Link = (key) => {
    (may ? handed : withheld).push(key);
    return may ? links.sign(key, user) : null;
  };
  return { link, handed, withheld };
}

async function detailLines(
  deps: SlackDeps,
  link: Link,
  run: StoredRun,
  clientName: string | null,
): Promise<DetailLine[]> {
  const steps = await deps.store.runs.steps(run.id);
  const errors = await deps.store.runs.errors(run.id);
  const gap = factsOf('pull-leads', run)?.gapFacts;
  const spent = run.startedAt
    ? duration((run.finishedAt ?? new Date()).getTime() - run.startedAt.getTime())
    : 'not started';
  const lines: DetailLine[] = [
    {
      title: runTitle(run, clientName),
      text: `${escaped(runSentence(run, clientName))}\nAsked by ${asker(run.requestedBy)} ${moment(run.askedAt)} · ${spent} · attempt ${run.attempt}\nRun \`${run.id}\``,
    },
  ];
  const finished = run.progress.finished ?? [];
  if (finished.length > 0) {
    lines.push({
      title: 'Phases',
      text: finished.map((one) => `✅ ${one.phase} — ${escaped(one.outcome)}`).join('\n'),
    });
  }
  if (gap) {
    lines.push({
      title: 'Totals',
      text: `Target ${number(gap.target)} · cleaned ${number(gap.cleaned)} · gap ${number(gap.gap)}\n${bookLines(gap.books, gap.raw)}`,
    });
  }
  if (run.workflow === 'intent') {
    const view = await intentView(deps.store, deps.clock, run);
    lines.push(...intentDetails(run, view, view.batch ? link(view.batch.fileKey) : null));
  }
  const files = await exportFiles(deps, link, run);
  if (files) lines.push({ title: 'Exports', text: files });
  if (errors.length > 0) {
    lines.push({
      title: 'Errors, newest first',
      text: errors
        .slice(0, 5)
        .map((error) => {
          const pictures = (['screenshot', 'tree', 'trace'] as const).flatMap((kind) => {
            const address = error[kind] ? link(error[kind]) : null;
            return address === null ? [] : [`<${address}|${kind === 'tree' ? 'page structure' : kind}>`];
          });
          const said = `${error.type} in “${escaped(error.step ?? '?')}”: ${escaped(clip(error.message, 300))}`;
          return `• ${[said, ...pictures].join(' · ')}`;
        })
        .join('\n'),
    });
  }
  const done = steps.filter((step) => step.status === 'done').map((step) => step.name);
  if (done.length > 0) {
    lines.push({
      title: `Finished steps (${done.length})`,
      text: escaped(done.slice(-60).join(' · ')).slice(0, 2_800),
    });
  }
  return lines;
}

async function exportFiles(deps: SlackDeps, link: Link, run: StoredRun): Promise<string> {
  const files = await deps.store.sources.files(run.id);
  return files
    .slice(0, 20)
    .map(({ key, name, parsed, round }) => {
      const address = link(key);
      return `${address === null ? name : `<${address}|${name}>`} ${number(parsed)} (${round})`;
    })
    .join(' · ');
}

async function allowedRun(deps: SlackDeps, click: Click, needed: Role): Promise<StoredRun | undefined> {
  const run = await deps.store.runs.get(click.value);
  if (!run) {
    await click.tell('This run is not there any more. Nothing was done.');
    return undefined;
  }
  if (mayAct(await roleFor(deps, click.user, scopeOf(run)), needed)) return run;
  await click.tell(notAllowed(needed, scopeOf(run)));
  return undefined;
}
