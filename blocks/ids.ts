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
  approve: 'suggestion_approve',
  reject: 'suggestion_reject',
  approveAll: 'suggestion_approve_all',
  pickZips: 'suggestion_pick',
  pickUpLate: 'verdicts_pick_up',
  pullAnyway: 'pull_anyway',
  forget: 'question_forget',
  intentRunNow: 'intent_run_now',
  intentRaise: 'intent_raise',
  intentRelease: 'intent_release',
  intentSendAgain: 'intent_send_again',
  intentArrived: 'intent_arrived',
  openLink: 'open_link',
  openHome: 'home_open',
} as const;
export type ActionId = (typeof actionIds)[keyof typeof actionIds];

export const callbackIds = {
  rejectReason: 'reject_reason',
  pickZips: 'pick_zips',
  updateLogin: 'update_login',
  runDetails: 'run_details',
  raiseCap: 'raise_cap',
} as const;
export type CallbackId = (typeof callbackIds)[keyof typeof callbackIds];

export const commandNames = { pullLeads: '/pull-leads', leadops: '/leadops' } as const;
