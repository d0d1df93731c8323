/**
 * Every action_id and callback_id once. A button's `value` is the id of what it acts on; nothing else is trusted from
 * it. The route table (src/slack/routes.ts) maps each of these to its handler.
 */
export const actionIds = {
  cancelRun: 'run_cancel',
  retryRun: 'run_retry',
  openLane: 'lane_open',
  runDetails: 'run_details',
  tryAgain: 'human_again',
  updateLogin: 'login_update',
  checkAgain: 'login_check',
  approve: 'suggestion_approve',
  reject: 'suggestion_reject',
  approveAll: 'suggestion_approve_all',
  pickZips: 'suggestion_pick',
  pickUpLate: 'verdicts_pick_up',
  pullAnyway: 'pull_anyway',
  forget: 'question_forget',
  choose1: 'choice_1',
  choose2: 'choice_2',
  choose3: 'choice_3',
  choose4: 'choice_4',
  choose5: 'choice_5',
  choose6: 'choice_6',
  choose7: 'choice_7',
  choose8: 'choice_8',
  undoEvergreen: 'evergreen_undo',
  attachAgain: 'evergreen_again',
  intentRunNow: 'intent_run_now',
  intentRaise: 'intent_raise',
  intentRelease: 'intent_release',
  intentSendAgain: 'intent_send_again',
  intentArrived: 'intent_arrived',
  resumePause: 'pause_resume',
  takeUp: 'passed_take_up',
  useHour: 'hour_use',
  openLink: 'open_link',
  openHome: 'home_open',
} as const;
export type ActionId = (typeof actionIds)[keyof typeof actionIds];

/** A question's answers stand side by side, and Slack wants another id for each button of a block. */
export const choiceIds = [
  actionIds.choose1,
  actionIds.choose2,
  actionIds.choose3,
  actionIds.choose4,
  actionIds.choose5,
  actionIds.choose6,
  actionIds.choose7,
  actionIds.choose8,
] as const;

export const callbackIds = {
  rejectReason: 'reject_reason',
  pickZips: 'pick_zips',
  updateLogin: 'update_login',
  runDetails: 'run_details',
  raiseCap: 'raise_cap',
} as const;

export const commandNames = { pullLeads: '/pull-leads', leadops: '/leadops' } as const;
