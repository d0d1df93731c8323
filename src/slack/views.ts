import { z } from 'zod';
import type { Click } from './actions/click.ts';
import { raiseCap, raiseErrors, RaiseMetadata } from './actions/intent.ts';
import { LoginMetadata, saveLogin } from './actions/login.ts';
import { PickMetadata, pickZips, typedErrors } from './actions/pick-zips.ts';
import { decide } from '../operations/decide.ts';
import { person } from '../operations/who.ts';
import type { SlackDeps } from './deps.ts';

/** What a modal sends back: block id → action id → what was entered. */
const Entered = z.object({
  value: z.string().nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
});
const Values = z.record(z.string(), z.record(z.string(), Entered));
export const Submission = z.object({ metadata: z.unknown(), values: Values });
export type Submission = Readonly<z.output<typeof Submission>>;

/** `errors` are shown in the modal, which stays open; without any the modal closes and `work` begins. */
export type ViewHandler = {
  readonly check: (submission: Submission) => Record<string, string>;
  readonly work: (deps: SlackDeps, click: Click, submission: Submission) => Promise<void>;
};

export function readSubmission(view: { private_metadata: string; state: { values: unknown } }): Submission {
  return {
    metadata: view.private_metadata === '' ? {} : JSON.parse(view.private_metadata),
    values: Values.parse(view.state.values),
  };
}

const text = ({ values }: Submission, block: string) => Object.values(values[block] ?? {})[0]?.value ?? '';
const chosen = ({ values }: Submission) =>
  Object.entries(values)
    .filter(([block]) => block.startsWith('picks'))
    .flatMap(([, entered]) => Object.values(entered).flatMap((one) => one.selected_options ?? []))
    .map((option) => option.value);

const nothingToCheck = () => ({});

export const views = {
  rejectReason: {
    check: nothingToCheck,
    work: (deps, click, submission) => {
      const { approvalId } = z.object({ approvalId: z.string() }).parse(submission.metadata);
      const reason = text(submission, 'reason').trim() || null;
      return decide(deps, person(click.user), { approvalId, state: 'rejected', reason });
    },
  },
  pickZips: {
    check: (submission) => typedErrors(text(submission, 'typed'), chosen(submission)),
    work: (deps, click, submission) =>
      pickZips(deps, click, {
        ...PickMetadata.parse(submission.metadata),
        chosen: chosen(submission),
        typed: text(submission, 'typed'),
      }),
  },
  updateLogin: {
    check: nothingToCheck,
    work: (deps, click, submission) =>
      saveLogin(deps, click, {
        ...LoginMetadata.parse(submission.metadata),
        username: text(submission, 'username'),
        secret: text(submission, 'secret'),
      }),
  },
  raiseCap: {
    check: (submission) => raiseErrors(submission.metadata, text(submission, 'cap'), text(submission, 'reason')),
    work: (deps, click, submission) =>
      raiseCap(deps, click, {
        ...RaiseMetadata.parse(submission.metadata),
        to: text(submission, 'cap'),
        reason: text(submission, 'reason'),
      }),
  },
} satisfies Record<string, ViewHandler>;
