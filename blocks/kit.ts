import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  KnownBlock,
  MrkdwnElement,
  PlainTextElement,
  SectionBlock,
} from '@slack/types';
import { count } from '../pipeline/counting.ts';
import type { Called } from '../pipeline/vocabulary.ts';
import type { ActionId } from './ids.ts';

export { count, number } from '../pipeline/counting.ts';

/** Slack's limits (docs.slack.dev/reference/block-kit, read November 2026); a message beyond one is refused whole. */
export const limits = {
  messageBlocks: 50,
  viewBlocks: 100,
  sectionText: 3_000,
  headerText: 150,
  contextElements: 10,
  actions: 25,
  buttonText: 75,
  value: 2_000,
  confirmTitle: 100,
  confirmText: 300,
  modalTitle: 24,
  optionText: 75,
  options: 100,
  optionGroups: 100,
  privateMetadata: 3_000,
  messageText: 4_000,
} as const;

/** A message as Slack wants it: `text` is what notifications and small screens show. */
export type Message = { readonly text: string; readonly blocks: KnownBlock[] };

/** Cut to `most` characters with an ellipsis. */
export function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** Text from outside inside mrkdwn: `&`, `<`, `>` would be read as Slack's own. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function plain(text: string, most = 75): PlainTextElement {
  return { type: 'plain_text', text: clip(text, most), emoji: true };
}

function mrkdwn(text: string, most: number = limits.sectionText): MrkdwnElement {
  return { type: 'mrkdwn', text: clip(text, most) };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, limits.headerText) };
}

export function section(text: string, accessory?: Button): SectionBlock {
  return { type: 'section', text: mrkdwn(text), ...(accessory && { accessory }) };
}

/** Small grey lines below. */
export function context(...lines: string[]): ContextBlock {
  return { type: 'context', elements: lines.slice(0, limits.contextElements).map((line) => mrkdwn(line)) };
}

export function divider(): DividerBlock {
  return { type: 'divider' };
}

export function actions(...buttons: (Button | undefined)[]): ActionsBlock {
  const present = buttons.filter((button) => button !== undefined);
  return { type: 'actions', elements: present.slice(0, limits.actions) };
}

export type ButtonLook = {
  readonly style?: 'primary' | 'danger';
  readonly confirm?: ConfirmationDialog;
  /** What a screen reader says instead of the text. */
  readonly label?: string;
};

/** `value` says what it acts on. Buttons of one block need different ids, so the value's end becomes part of it. */
export function button(text: string, id: ActionId, value: string, look: ButtonLook = {}): Button {
  return {
    type: 'button',
    text: plain(text, limits.buttonText),
    action_id: id,
    value: clip(value, limits.value),
    ...(look.style && { style: look.style }),
    ...(look.confirm && { confirm: look.confirm }),
    ...(look.label && { accessibility_label: clip(look.label, 75) }),
  };
}

export function confirm(title: string, text: string, yes: string, no = 'Go back'): ConfirmationDialog {
  return {
    title: plain(title, limits.confirmTitle),
    text: { type: 'plain_text', text: clip(text, limits.confirmText) },
    confirm: plain(yes, 30),
    deny: plain(no, 30),
  };
}

/** `████░░░░░░ 41 %`. A share outside 0–1 is drawn as the nearest end; the number is the true one. */
export function bar(done: number, of: number, width = 16): string {
  const share = of > 0 ? done / of : 1;
  const drawn = Math.round(Math.min(1, Math.max(0, share)) * width);
  return `${'█'.repeat(drawn)}${'░'.repeat(width - drawn)} ${Math.floor(share * 100)} %`;
}

/** `2 h 05 min`, `3 min 10 s`, `8 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** A moment in the reader's own zone; the fallback (UTC) is for clients that cannot. */
export function moment(at: Date, form = '{date_short_pretty} at {time}'): string {
  const fallback = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${Math.floor(at.getTime() / 1000)}^${form}|${fallback}>`;
}

export function mention(slackId: string): string {
  return `<@${slackId}>`;
}

/** Somebody in Slack, or at the command line (`cli:dana`). */
export function whoWords(id: string): string {
  return id.startsWith('cli:') ? `\`${escaped(id.slice(4))}\` at the command line` : mention(id);
}

/** Somebody who is called to decide, and for whom. */
export function calledWords({ slackId, insteadOf }: Called): string {
  return insteadOf === null ? mention(slackId) : `${mention(slackId)} (for ${mention(insteadOf)}, who is away)`;
}

/** A person by id, or the calendar. */
export function asker(requestedBy: string | null): string {
  return requestedBy ? mention(requestedBy) : 'the calendar';
}

/** At most `most` blocks; when some must go, a last line says how many. */
export function fit(blocks: KnownBlock[], most: number = limits.messageBlocks): KnownBlock[] {
  if (blocks.length <= most) return blocks;
  const left = blocks.length - (most - 1);
  return [...blocks.slice(0, most - 1), context(`… and ${count(left, 'more block')} that Slack has no room for.`)];
}
