import { bookLines } from '../../blocks/books.ts';
import { asker, bar, count, duration, escaped, moment, number } from '../../blocks/kit.ts';
import { runSentence, runTitle, shownStatus } from '../../blocks/run-card.ts';
import { shortId } from '../../pipeline/run.ts';
import { monthTitle } from '../../pipeline/month.ts';
import { targetOf } from '../../pipeline/target.ts';
import type { Client, Month } from '../../pipeline/vocabulary.ts';
import type { Store } from '../store/index.ts';
import { vendorName } from '../../pipeline/vendors.ts';

/*
 * Answers in words, for Slack and the command line alike. Lines of Slack's mrkdwn; the command line takes its signs out.
 */

type Reading = Pick<Store, 'runs' | 'clients' | 'leads' | 'approvals' | 'sources' | 'leases'>;

async function nameOf(store: Reading, slug: string | null): Promise<string | null> {
  return slug ? ((await store.clients.get(slug))?.name ?? slug) : null;
}

/** Everything that is not over. */
export async function statusLines(store: Reading, now: Date): Promise<string[]> {
  const open = await store.runs.open();
  const closed = await store.leases.closedLanes();
  const lanes = closed.map((lane) => `⛔ ${escaped(vendorName(lane.vendor))} takes no work: ${escaped(lane.reason)}`);
  if (open.length === 0) return ['Nothing is running and nothing waits for a person.', ...lanes];
  const lines: string[] = [];
  for (const run of open) {
    const { phase, done, of, unit } = run.progress;
    const status = shownStatus(run);
    const where =
      status === 'running' && phase
        ? ` · ${phase}${of ? ` ${number(done ?? 0)}/${number(of)} ${unit ?? ''}` : ''}`
        : '';
    const spent = run.startedAt ? ` · ${duration(now.getTime() - run.startedAt.getTime())}` : '';
    lines.push(
      `• *${escaped(runTitle(run, await nameOf(store, run.client)))}* — ${status}${where}${spent} · asked by ${asker(run.requestedBy)} · \`${shortId(run.id)}\``,
    );
  }
  return [...lines, ...lanes];
}

/** The last runs, newest first. */
export async function runsLines(store: Reading, filter: { client?: string; limit: number }): Promise<string[]> {
  const runs = await store.runs.recent(filter);
  if (runs.length === 0) return ['There are no runs yet.'];
  const lines: string[] = [];
  for (const run of runs) {
    lines.push(
      `• ${escaped(runSentence(run, await nameOf(store, run.client)))} ${moment(run.askedAt)} · \`${shortId(run.id)}\``,
    );
  }
  return lines;
}

export async function clientsLines(store: Reading): Promise<string[]> {
  const clients = await store.clients.all();
  if (clients.length === 0) return ['There are no clients yet. Import them with `leadops clients import <yaml>`.'];
  const lines: string[] = [];
  for (const client of clients) {
    const list = await store.clients.zips(client.slug, null);
    lines.push(
      `• *${escaped(client.name)}* \`${client.slug}\` — ${client.states.join(', ')} · tier ${client.tier}, target ${number(targetOf(client))} · ` +
        `${count(list.approved.length, 'ZIP')}${client.active ? '' : ' · inactive'} · <#${client.channel}>`,
    );
  }
  return lines;
}

/** Target, cleaned leads and books of a month. */
export async function gapLines(store: Reading, client: Client, month: Month): Promise<string[]> {
  const book = { client: client.slug, month, filtersKey: '' };
  const counts = await store.leads.counts(book);
  const raw = await store.leads.rawCount(book);
  if (raw === 0) return [`Nothing was pulled for ${escaped(client.name)}, ${monthTitle(month)}, yet.`];
  const cleaned = counts.cleaned ?? 0;
  const target = targetOf(client);
  const gap = Math.max(0, target - cleaned);
  const verdict =
    gap > 0 ? `${number(gap)} short` : cleaned > target ? `${number(cleaned - target)} over` : 'exactly met';
  return [
    `*${escaped(client.name)}, ${monthTitle(month)}*: ${number(cleaned)} cleaned leads of ${number(target)} — ${verdict}.`,
    bar(cleaned, target, 24),
    bookLines(counts, raw),
  ];
}

/** Why a number is what it is: the books, and every export behind them. */
export async function whyLines(store: Reading, client: Client, month: Month): Promise<string[]> {
  const lines = await gapLines(store, client, month);
  for (const source of await store.sources.ofMonth(client.slug, month)) {
    const cut =
      source.slice_count > 1
        ? ` (part ${source.slice_no} of ${source.slice_count} of ZIP ${source.zips[0] ?? ''})`
        : '';
    const where =
      source.origin === 'moved'
        ? `moved in: ${count(source.zips.length, 'ZIP')}`
        : `${source.name}: ${count(source.zips.length, 'ZIP')}${cut}`;
    const rows =
      source.status === 'stored' || source.status === 'replaced'
        ? `${number(source.parsed ?? 0)} read + ${number(source.quarantined ?? 0)} unreadable${source.shown === null ? '' : `, Cole showed ${number(source.shown)}`}`
        : `${source.status}, ${number(source.expected)} expected`;
    const notes = [
      source.asked - (source.recounted ? 1 : 0) > 1 ? 'asked for twice (cut off)' : '',
      source.recounted ? 'exported again (count differed)' : '',
      source.note ?? '',
      source.dropped_columns.length > 0 ? `dropped ${source.dropped_columns.join(', ')}` : '',
      source.header_style ? `headers: ${source.header_style}` : '',
    ].filter((note) => note !== '');
    lines.push(`${source.ordinal}. ${where} — ${rows}${notes.length > 0 ? ` · ${escaped(notes.join(' · '))}` : ''}`);
  }
  const limit = await store.clients.homeValueLimit(client, month);
  lines.push(
    `Home-value limit: $${number(limit)}${limit > client.homeValueLimit ? ' (relaxed for this month by an approver)' : ''}.`,
  );
  return lines;
}
