import { Refused } from '../operations/refused.ts';
import type { Click } from './actions/click.ts';
import { lines, type CommandRequest, type Reply } from './commands/reply.ts';
import type { SlackDeps } from './deps.ts';
import type { Submission, ViewHandler } from './views.ts';

/*
 * The one place where a refused operation becomes words in Slack: privately, to who asked. Everything else that is thrown is
 * a failure of ours, and deliveries.ts says so.
 */

type Command = (deps: SlackDeps, request: CommandRequest) => Promise<Reply>;
type Action = (deps: SlackDeps, click: Click) => Promise<void>;

export function toldCommand(handler: Command): Command {
  return async (deps, request) => {
    try {
      return await handler(deps, request);
    } catch (error) {
      if (error instanceof Refused) return lines([`⚠️ ${error.message}`]);
      throw error;
    }
  };
}

export function toldAction(handler: Action): Action {
  return (deps, click) => telling(click, () => handler(deps, click));
}

export function toldView({ check, work }: ViewHandler): ViewHandler {
  return {
    check,
    work: (deps: SlackDeps, click: Click, submission: Submission) =>
      telling(click, () => work(deps, click, submission)),
  };
}

async function telling(click: Click, deed: () => Promise<void>): Promise<void> {
  try {
    await deed();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await click.tell(error.message);
  }
}
