import type { KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { SuggestionPayload } from '../pipeline/gap-report.ts';
import { inBatches } from '../pipeline/in-batches.ts';
import { loginName, partsOfLogin } from '../pipeline/logins.ts';
import { callbackIds } from './ids.ts';
import { context, count, escaped, limits, number, plain, section } from './kit.ts';
import { suggestionTitle } from './suggestion.ts';

/** Shown at once, since Slack's trigger lives three seconds; the real content follows. */
export function loadingModal(title: string): ModalView {
  return {
    type: 'modal',
    title: plain(title, limits.modalTitle),
    close: plain('Close', 24),
    blocks: [section('⏳ One moment …')],
  };
}

export function messageModal(title: string, text: string): ModalView {
  return { type: 'modal', title: plain(title, limits.modalTitle), close: plain('Close', 24), blocks: [section(text)] };
}

/** Reject: a reason is optional, and kept. */
export function rejectModal(approvalId: string, payload: Readonly<Record<string, unknown>>): ModalView {
  const suggestion = SuggestionPayload.safeParse(payload);
  const what = suggestion.success ? suggestionTitle(suggestion.data) : 'this question';
  return {
    type: 'modal',
    callback_id: callbackIds.rejectReason,
    private_metadata: JSON.stringify({ approvalId }),
    title: plain('Reject', limits.modalTitle),
    submit: plain('Reject', 24),
    close: plain('Go back', 24),
    blocks: [
      section(`*${escaped(what)}* will not be done, and not be suggested again for this client and month.`),
      {
        type: 'input',
        block_id: 'reason',
        optional: true,
        label: plain('Why? (kept with the decision)'),
        element: {
          type: 'plain_text_input',
          action_id: 'reason',
          multiline: true,
          max_length: 500,
          placeholder: plain('e.g. the client has an agent there already', 150),
        },
      },
    ],
  };
}

export type Pick = {
  readonly zip: string;
  readonly state: string;
  readonly miles: number | null;
  readonly middle: number;
  readonly preApproved: boolean;
  /** `Frisco`; where it is known. */
  readonly place: string;
};

/**
 * Pick ZIPs: any number of a few hundred, in selects of at most 100 options each (Slack's limit), and a line to type
 * others.
 */
export function pickZipsModal(request: {
  readonly runId: string;
  readonly round: number;
  readonly gap: number;
  readonly picks: readonly Pick[];
}): ModalView {
  const { picks } = request;
  const selects = inBatches(picks, limits.options).map((some, index): KnownBlock => {
    const [first, last] = [some.at(0), some.at(-1)];
    return {
      type: 'input',
      block_id: `picks${index}`,
      optional: true,
      label: plain(`${rangeWords(first)} – ${rangeWords(last)}`),
      element: {
        type: 'multi_static_select',
        action_id: 'picks',
        placeholder: plain(`Choose among ${count(some.length, 'ZIP')}`, 150),
        options: some.map(pickOption),
      },
    };
  });
  return {
    type: 'modal',
    callback_id: callbackIds.pickZips,
    private_metadata: JSON.stringify({ runId: request.runId, round: request.round }),
    title: plain('Pick ZIPs', limits.modalTitle),
    submit: plain('Pull these ZIPs', 24),
    close: plain('Go back', 24),
    blocks: [
      section(
        `*${count(request.gap, 'cleaned lead')}* are missing. Each ZIP shows its distance to a pulled one and the cleaned leads it should bring. The pull starts when you submit.`,
      ),
      ...selects.slice(0, limits.viewBlocks - 3),
      {
        type: 'input',
        block_id: 'typed',
        optional: true,
        label: plain('Other ZIPs'),
        hint: plain('Five digits each, separated by commas. They must be in a state the client allows.', 150),
        element: {
          type: 'plain_text_input',
          action_id: 'typed',
          max_length: 2_500,
          placeholder: plain('75034,75035', 150),
        },
      },
      context('ZIPs outside the client’s own lists need an approver.'),
    ],
  };
}

function rangeWords(pick: Pick | undefined): string {
  if (!pick) return '';
  return pick.preApproved ? 'pre-approved' : pick.miles === null ? 'distance unknown' : `${pick.miles.toFixed(1)} mi`;
}

function pickOption(pick: Pick): PlainTextOption {
  const miles = pick.miles === null ? '' : ` · ${pick.miles.toFixed(1)} mi`;
  const text = `${pick.zip} ${pick.place}${miles} · +${number(pick.middle)}${pick.preApproved ? ' ★' : ''}`;
  return { text: plain(text, limits.optionText), value: pick.zip };
}

/**
 * A new username and password for a vendor's login. Typed here they pass through Slack; the command line is the other way.
 *
 * @param approvalId the question that asked for it; null: a check found the login refused, and looks at it again
 * @param channel where the button was pressed
 */
export function loginModal(approvalId: string | null, login: string, channel: string | null): ModalView {
  const { site, of: state } = partsOfLogin(login);
  const words = [site, ...(state === '' ? [] : [/\s/.test(state) ? `'${state}'` : state])].join(' ');
  return {
    type: 'modal',
    callback_id: callbackIds.updateLogin,
    private_metadata: JSON.stringify({ approvalId, site, state, channel }),
    title: plain('Update the login', limits.modalTitle),
    submit: plain(approvalId === null ? 'Save and check it' : 'Save and try again', 24),
    close: plain('Go back', 24),
    blocks: [
      section(
        `The username and password that work for the login *${escaped(loginName(login))}*. What you enter is stored encrypted and shown to nobody.`,
      ),
      {
        type: 'input',
        block_id: 'username',
        label: plain('Username or e-mail'),
        ...(site === 'bison' && { hint: plain('For an API token write: token', 150) }),
        element: { type: 'plain_text_input', action_id: 'username' },
      },
      {
        type: 'input',
        block_id: 'secret',
        label: plain(site === 'bison' ? 'Password or API token' : 'Password'),
        element: { type: 'plain_text_input', action_id: 'secret' },
      },
      context(
        `Rather not through Slack? \`npm run -s leadops -- credentials set ${words} --username …\` reads the password from standard input.`,
      ),
    ],
  };
}

export type DetailLine = { readonly title: string; readonly text: string };

/** A run in full: what it was asked, its numbers, its steps and errors. */
export function detailsModal(title: string, lines: readonly DetailLine[]): ModalView {
  return {
    type: 'modal',
    callback_id: callbackIds.runDetails,
    title: plain(title, limits.modalTitle),
    close: plain('Close', 24),
    blocks: lines.slice(0, limits.viewBlocks).map((line) => section(`*${escaped(line.title)}*\n${line.text}`)),
  };
}
