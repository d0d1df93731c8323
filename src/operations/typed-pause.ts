import { fromZonedTime } from 'date-fns-tz';
import { escaped } from '../../blocks/kit.ts';
import { findClient, nearestClient } from '../../pipeline/command-words.ts';
import { agencyZone } from '../../pipeline/calendar/hours.ts';
import { typedDay } from '../../pipeline/calendar/typed-day.ts';
import type { WorkflowName } from '../../pipeline/kinds.ts';
import { pausableOf, pauseWords } from '../../pipeline/pause-scope.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import { today } from '../clock.ts';
import type { Deps } from './deps.ts';
import { Refused } from './refused.ts';
import { wrong, type Typed } from './typed.ts';

type Looking = { readonly store: Pick<Deps['store'], 'clients'>; readonly clock: Deps['clock'] };

/** What is paused: a client, a kind of run, or (both null) everything. */
export type Target = { readonly client: Client | null; readonly workflow: WorkflowName | null };

export type TypedPause = { readonly target: Target; readonly until: Date | null; readonly reason: string };

/** The longest name of a client that is looked for, in words. */
const longestName = 8;
const keywords = ['until', 'because'];

/**
 * `lakeside until 2027-02-01 because the contract is being renewed`, in any order that reads well: `because` may be left out, and
 * the end may come last.
 *
 * @throws Refused where it names nothing that can be paused, or no day
 */
export async function typedPause(deps: Looking, words: readonly string[], what: Typed): Promise<TypedPause> {
  const { target, rest } = await typedTarget(deps, words, what);
  const begins = rest[0]?.toLowerCase() === 'until';
  const ends = begins ? -1 : rest.findLastIndex((word) => word.toLowerCase() === 'until');
  const at = begins ? 0 : ends;
  const end = at < 0 ? null : endFrom(deps, rest.slice(at + 1));
  // In the middle of a reason "until" may be a word like any other; at its end it is the pause's end, and alone.
  if (begins && end === null) {
    throw wrong(
      `“${escaped(rest[1] ?? '')}” is no day: write \`2027-02-01\`, \`Feb 1\`, \`monday\` or \`tomorrow\`.`,
      what,
    );
  }
  const isEnd = end !== null && (begins || at + 1 + end.words === rest.length);
  const left = !isEnd ? rest : [...rest.slice(0, at), ...rest.slice(at + 1 + end.words)];
  const reason = left.join(' ').replace(/^(because|:|,|-)(\s+|$)/i, '');
  return { target, until: isEnd ? end.at : null, reason };
}

/** What is paused alone: `lakeside`, `Lakeside Insurance`, `workflow monday`, `all`. @throws Refused */
export async function typedTarget(
  { store }: Pick<Looking, 'store'>,
  words: readonly string[],
  what: Typed,
): Promise<{ readonly target: Target; readonly rest: readonly string[] }> {
  if (words.length === 0) throw wrong('What: a client, a workflow, or all?', what);
  const clients = await store.clients.all();
  for (let length = Math.min(words.length, longestName); length > 0; length -= 1) {
    const target = named(words.slice(0, length).join(' '), clients, what);
    if (target) return { target, rest: words.slice(length) };
  }
  const stop = words.findIndex((word) => keywords.includes(word.toLowerCase()));
  const typed = stop > 0 ? words.slice(0, stop).join(' ') : (words[0] ?? '');
  const nearest = nearestClient(typed, clients);
  const hint = nearest ? `Did you mean \`${nearest.slug}\` (${escaped(nearest.name)})? ` : '';
  throw wrong(`“${escaped(typed)}” is neither a client nor a workflow. ${hint}Workflows are ${list}.`, what);
}

const list = Object.keys(pauseWords)
  .map((word) => `\`${word}\``)
  .join(', ');

function named(typed: string, clients: readonly Client[], what: Typed): Target | null {
  const [, kind = '', name = typed] = /^(client|workflow)\s+(.+)$/i.exec(typed) ?? [];
  const client = kind.toLowerCase() === 'workflow' ? null : (findClient(name, clients) ?? null);
  const workflow = kind.toLowerCase() === 'client' ? null : pausableOf(name);
  const all = kind === '' && ['all', 'everything'].includes(typed.toLowerCase());
  if (client && (workflow !== null || (all && typed.toLowerCase() === 'all'))) {
    const other = workflow === null ? 'everything' : `workflow ${escaped(name)}`;
    throw new Refused(
      `“${escaped(name)}” is a client and ${workflow === null ? 'the word for everything' : 'a workflow'}. ${what.nothing}`,
      `Write \`client ${client.slug}\` or \`${other}\`.`,
    );
  }
  if (client) return { client, workflow: null };
  if (workflow !== null) return { client: null, workflow };
  return all ? { client: null, workflow: null } : null;
}

/** A day, and a time of it where one follows: `2027-02-01`, `Feb 1 12:30`. In the agency's zone; a day alone is its start. */
function endFrom({ clock }: Looking, words: readonly string[]): { readonly at: Date; readonly words: number } | null {
  for (const length of [2, 1]) {
    const day = words.length < length ? null : typedDay(words.slice(0, length).join(' '), today(clock));
    if (day === null) continue;
    const time = /^(([01]?\d|2[0-3]):[0-5]\d)[:,]?$/.exec(words[length] ?? '')?.[1];
    const at = fromZonedTime(`${day}T${(time ?? '00:00').padStart(5, '0')}:00`, agencyZone);
    return { at, words: length + (time === undefined ? 0 : 1) };
  }
  return null;
}
