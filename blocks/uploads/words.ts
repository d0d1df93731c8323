import { evergreenTitle } from '../../pipeline/evergreen-title.ts';
import type { EvergreenFacts, ListFacts, UploadFacts } from '../../pipeline/uploads/facts.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import { windowOf } from '../../pipeline/renewal.ts';
import { count, escaped, number } from '../kit.ts';

/** `02/01–02/07`. */
function windowDays({ start, end }: { readonly start: string; readonly end: string }): string {
  return `${day(start)}–${day(end)}`;
}

const day = (text: string) => `${text.slice(5, 7)}/${text.slice(8, 10)}`;

/** `February 1–7`, as a campaign's title says it. */
export function windowName({ start }: { readonly start: Day }): string {
  return evergreenTitle(windowOf(start)).replace(/^.*: /, '');
}

/** Leads that Bison took, or as many as were sent where it does not say. */
const takenOf = (facts: Pick<UploadFacts, 'lists'>): number =>
  facts.lists.reduce((sum, { accepted, sent }) => sum + (accepted ?? sent), 0);

/** The SOP's message of PT4, and below it whatever did not go as planned. */
export function refinedDataUploaded(facts: UploadFacts, client: string, by: string): string[] {
  const windows = [...new Map(facts.lists.map(({ window }) => [window.index, window])).values()];
  return [
    '✅ Refined Data Uploaded',
    `👤 Client: ${client}`,
    `📅 ${windows.length} Renewal ${windows.length === 1 ? 'Window' : 'Windows'}:`,
    ...windows.map((window) => `Week ${window.index} ${windowDays(window)}`),
    `📊 Records Exported: ${number(takenOf(facts))} (Target: ${number(facts.target)})`,
    `👤 Uploaded by: ${by}`,
    ...uploadNotes(facts).map((note) => `⚠️ ${note}`),
  ];
}

/** What somebody should know of an upload. */
function uploadNotes(facts: UploadFacts): string[] {
  const gap = facts.target - facts.cleaned;
  return [
    ...facts.lists
      .filter(({ part }) => part > 1)
      .map(({ name, sent }) => `${count(sent, 'later lead')} went up as “${escaped(name)}”.`),
    ...facts.lists.filter(({ note }) => note !== null).map(shortfallLine),
    ...(gap > 0
      ? [
          `The month is ${count(gap, 'cleaned lead')} short of its target; leads that come later go up as further lists.`,
        ]
      : []),
    ...(facts.reserve > 0 ? [`${count(facts.reserve, 'lead')} over target stay in reserve.`] : []),
    ...(facts.suppressed > 0
      ? [`${count(facts.suppressed, 'lead')} left out: unsubscribed, bounced or forgotten.`]
      : []),
    ...(facts.asked ? [] : ['Bison’s pages do not show who unsubscribed or bounced: nobody was left out for that.']),
    ...facts.over.map((window) => `Week ${window.index} (${windowDays(window)}) is over: no list was made of it.`),
  ];
}

/** The same for the message of all clients, where the client's own message has the details. */
export function uploadExceptions(facts: UploadFacts): string[] {
  const known = facts.lists.filter(({ accepted }) => accepted !== null);
  const sent = known.reduce((sum, list) => sum + list.sent, 0);
  const missing = sent - known.reduce((sum, list) => sum + (list.accepted ?? 0), 0);
  const gap = facts.target - facts.cleaned;
  return [
    ...(missing > 0 ? [`${number(missing)} of ${count(sent, 'lead')} not taken by Bison`] : []),
    ...(known.length < facts.lists.length ? ['Bison has not said how many it took'] : []),
    ...(gap > 0 ? [`${count(gap, 'cleaned lead')} short of the target`] : []),
    ...(facts.asked ? [] : ['nobody could be left out for unsubscribing']),
    ...(facts.over.length > 0 ? [`${count(facts.over.length, 'window')} over`] : []),
  ];
}

function shortfallLine({ name, sent, accepted, note }: ListFacts): string {
  const counts = accepted === null ? `${number(sent)} sent` : `${number(accepted)} of ${number(sent)} taken`;
  return `“${escaped(name)}”: ${counts}. ${escaped(sentence(note ?? ''))}`;
}

const sentence = (text: string) => {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return begun.endsWith('.') ? begun : `${begun}.`;
};

/** What somebody should know of a window's way into the campaign. */
export function evergreenNotes({ changed, unconfirmed, notes }: EvergreenFacts): string[] {
  return [
    ...changed.map(
      ({ setting, was, is }) =>
        `\`${setting}\` was ${was} and is ${is ?? 'not shown'} after the rename: please set it back in Bison.`,
    ),
    ...(unconfirmed.length > 0
      ? [
          `Could not be confirmed after the rename (Bison does not show ${unconfirmed.length === 1 ? 'it' : 'them'}): ${unconfirmed.map((name) => `\`${name}\``).join(', ')}.`,
        ]
      : []),
    ...notes.map(escaped),
  ];
}
