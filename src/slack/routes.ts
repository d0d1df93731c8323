import { actionIds, callbackIds, choiceIds, commandNames } from '../../blocks/ids.ts';
import type { Links } from '../links.ts';
import { checkAgain } from './actions/check.ts';
import { answerChoice, approve, approveAll, reject } from './actions/decisions.ts';
import type { Click } from './actions/click.ts';
import { arrived, openRaise, releaseCredits, runNow, sendAgain } from './actions/intent.ts';
import { openLogin } from './actions/login.ts';
import { openPickZips } from './actions/pick-zips.ts';
import { runDetails } from './actions/details.ts';
import { resumePause, takeUp } from './actions/pauses.ts';
import { useHour } from './actions/schedule.ts';
import { cancelRun, openLane, pickUpLate, pullAnyway, retryRun } from './actions/runs.ts';
import { attachAgain, undoEvergreen } from './actions/uploads.ts';
import { leadops } from './commands/leadops.ts';
import { pullLeads } from './commands/pull-leads.ts';
import type { CommandRequest, Reply } from './commands/reply.ts';
import type { SlackDeps } from './deps.ts';
import { publishHome } from './home.ts';
import { toldAction, toldCommand, toldView } from './refusals.ts';
import { views } from './views.ts';

/*
 * Everything Slack can do to us, on one screen. Handlers are plain functions of their dependencies and of what came in; that they
 * are acknowledged first, and only once, is app.ts's business.
 */

type CommandHandler = (deps: SlackDeps, request: CommandRequest) => Promise<Reply>;
type ActionHandler = (deps: SlackDeps, click: Click) => Promise<void>;

export function makeRoutes(links: Links) {
  const commands: Readonly<Record<string, CommandHandler>> = {
    [commandNames.pullLeads]: pullLeads,
    [commandNames.leadops]: leadops,
  };
  const actions: Readonly<Record<string, ActionHandler>> = {
    [actionIds.approve]: approve,
    [actionIds.reject]: reject,
    [actionIds.approveAll]: approveAll,
    [actionIds.pickZips]: openPickZips,
    [actionIds.tryAgain]: approve,
    [actionIds.updateLogin]: openLogin,
    [actionIds.checkAgain]: checkAgain,
    [actionIds.cancelRun]: cancelRun,
    [actionIds.retryRun]: retryRun,
    [actionIds.openLane]: openLane,
    [actionIds.runDetails]: (deps, click) => runDetails(deps, links, click),
    [actionIds.pickUpLate]: pickUpLate,
    [actionIds.pullAnyway]: pullAnyway,
    [actionIds.forget]: (_deps, click) =>
      click.dismiss(`Left as it is. Nothing was ${click.value === 'hour' ? 'changed' : 'started'}.`),
    ...Object.fromEntries(choiceIds.map((id) => [id, answerChoice])),
    [actionIds.undoEvergreen]: undoEvergreen,
    [actionIds.attachAgain]: attachAgain,
    [actionIds.intentRunNow]: runNow,
    [actionIds.intentRaise]: openRaise,
    [actionIds.intentRelease]: releaseCredits,
    [actionIds.intentSendAgain]: sendAgain,
    [actionIds.intentArrived]: arrived,
    [actionIds.resumePause]: resumePause,
    [actionIds.takeUp]: takeUp,
    [actionIds.useHour]: useHour,
    [actionIds.openHome]: (deps, click) => publishHome(deps, click.user),
    // Slack opens a link button's address by itself and still sends the click, which has to be acknowledged.
    [actionIds.openLink]: () => Promise.resolve(),
  };
  return {
    commands: each(commands, toldCommand),
    actions: each(actions, toldAction),
    views: {
      [callbackIds.rejectReason]: toldView(views.rejectReason),
      [callbackIds.pickZips]: toldView(views.pickZips),
      [callbackIds.updateLogin]: toldView(views.updateLogin),
      [callbackIds.raiseCap]: toldView(views.raiseCap),
    },
    events: { app_home_opened: publishHome },
  };
}

/** What is refused to a person is said to them, whichever handler it was. */
function each<Handler>(handlers: Readonly<Record<string, Handler>>, told: (handler: Handler) => Handler) {
  return Object.fromEntries(Object.entries(handlers).map(([name, handler]) => [name, told(handler)]));
}

export type Routes = ReturnType<typeof makeRoutes>;
