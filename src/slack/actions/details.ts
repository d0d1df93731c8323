import { bookLines } from '../../../blocks/books.ts';
import { intentDetails } from '../../../blocks/intent/details.ts';
import { asker, clip, duration, escaped, moment, number } from '../../../blocks/kit.ts';
import { detailsModal, loadingModal, messageModal, type DetailLine } from '../../../blocks/modals.ts';
import { runSentence, runTitle } from '../../../blocks/run-card.ts';
import { factsOf } from '../../../pipeline/kinds.ts';
import type { Links } from '../../links.ts';
import { fileRole, mayHaveFiles } from '../../operations/file-access.ts';
import { scopeOf } from '../../operations/who-may.ts';
import { intentView } from '../../reports/intent-view.ts';
import type { StoredRun } from '../../store/runs/row.ts';
import type { SlackDeps } from '../deps.ts';
import type { Click } from './click.ts';

/** **Details** on a card: totals, files, errors with their pictures, finished steps. Files only for who may have them. */
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
