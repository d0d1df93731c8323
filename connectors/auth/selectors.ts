import { attribute, ladder, never } from '../browser/ladder.ts';

/** Sign-in pages are alike the world over: one set of ladders for every vendor, best first. */
export const userField = ladder(
  'user name field',
  /^(email( address)?|user ?name|user ?id|login( id| name)?|account( id| name| email)?)$/,
  /\b(email|user ?name|user ?id|login|member (id|number))\b/,
  attribute(/user ?name|e?-?mail|login|user_?id/i),
  never(/search|newsletter|subscribe/),
);

export const passwordField = ladder('password field', 'Password', /password|passcode/, attribute(/pass(word|wd)?/i));

export const codeField = ladder(
  'code field',
  /\b(verification|security|authentication|authenticator|one time|access|login|confirmation) ?(pass)?code\b/,
  /^(code|passcode|otp|pin|token)$/,
  /\b(\d|six) ?digit|code\b/,
  attribute(/one-time-code|otp|mfa|2fa|totp|verif|code|pin\b/i),
  never(/zip|postal|promo|coupon|area code/),
);

export const submitButton = ladder(
  'sign-in button',
  /^(sign ?in|log ?in|log ?on)$/,
  /^(sign|log) ?(in|on)\b(?!.*\b(with|google|microsoft|sso|facebook|apple|okta)\b)/,
  /^(continue|next|submit|go|enter|verify|confirm)$/,
  /^(continue|next|verify)\b(?!.*\b(google|microsoft|sso|apple|facebook|okta)\b)/,
  attribute(/login|sign-?in|submit/i),
  never(/google|microsoft|sso|facebook|apple|okta|forgot|create|sign up|register|cancel/),
);

export const verifyButton = ladder(
  'verify button',
  /^(verify|confirm|submit|continue|next|sign ?in|log ?in|enter)\b/,
  attribute(/verify|submit/i),
  never(/resend|send|another|different|cancel|back|trust/),
);

/** From a home page for everybody to the sign-in page. */
export const signInWay = ladder(
  'way to the sign-in page',
  /^(sign ?in|log ?in|log ?on|(customer|client|member|subscriber) (log ?in|sign ?in|area))$/,
  /\b(sign|log) ?in\b/,
  never(/google|microsoft|sso|facebook|apple|okta/),
);

/** Where several ways to sign in are offered: the one with name and password. */
export const passwordWay = ladder(
  'sign in with password',
  /\b(with|use|using)( my| a| your)? (email|password|user ?name)\b/,
  /^(email|password)$/,
  never(/forgot|reset|magic|link/),
);

export const rememberBox = ladder('stay signed in', /\b(remember|keep me|stay (signed|logged))\b/);

/** Where the code may come several ways, the one a TOTP secret can answer. */
export const authenticatorWay = ladder('authenticator app', /\bauthenticat(or|ion) app\b/, /\bauthenticator|totp\b/);

/** Past a page that stands between the sign-in and the inside: a notice, another session still open. Never by agreeing. */
export const passOn = ladder(
  'way past a notice',
  /^(continue|proceed|i understand|ok(ay)?|got it|yes|skip( for now)?|not now|no thanks|maybe later|remind me later)$/,
  /^(continue|proceed|skip|go)\b/,
  never(/\b(cancel|decline|agree|accept|disagree|sign up|buy|upgrade|pay|subscribe|plan|google|microsoft|sso)\b/),
);

export const signedInSign = ladder(
  'sign-out link',
  /^(sign|log) ?(out|off)$/,
  /\b(sign|log) ?(out|off)\b/,
  /^(my account|account|profile|my profile|account menu|user menu|open user menu)$/,
  attribute(/log-?out|sign-?out|user-?menu|avatar/i),
);

/** Words on a page, by what they mean. */
export const wordsOf = {
  code: /verification code|one.?time (pass)?(code|word)|authenticat(or|ion) (app|code)|security code|\b(6|six).?digit|two.?(factor|step)|\b(2fa|mfa|otp)\b|enter (the|your) (pass)?code|code (was|has been|we) sent|(sent|texted|e-?mailed) (you )?(a|the) (\w+ )?code/i,
  captcha:
    /captcha|not a robot|you are (a )?human|are you (a )?human|human verification|security check to continue|unusual traffic|verify you.?re human|checking your browser|characters (you see|shown|in the (image|picture))/i,
  refused:
    /incorrect|invalid|wrong|not (recogni[sz]ed|valid|found|authorized|match)|(do|does|did)(n.t| not) (match|recogni[sz]e|exist)|failed|denied|could(n.t| not) (sign|log)|unable to (sign|log)|try again|unknown (user|account)|no (such )?(account|user)|locked|disabled|suspended|deactivated|inactive|too many (failed )?(attempts|tries)|expired/i,
  /** No second try: it would make things worse or cannot help. */
  final:
    /locked|disabled|suspended|deactivated|inactive|too many|password (has |is )?expired|change (your|the) password|must (change|reset)|contact/i,
  newPassword: /(new|change( your)?|reset( your)?|update( your)?) password|password (has |is )?expired/i,
  sessionOver:
    /session (has |is )?(expired|timed out|ended|over|invalid)|(you (have been|were|are)|been) (signed|logged) out|(sign|log) ?in again|please (sign|log) ?in|signed in (elsewhere|on another)|not (signed|logged) in/i,
  down: /(temporarily|currently) (unavailable|down|offline)|service (is )?unavailable|bad gateway|gateway time-?out|internal server error|(scheduled|under(going)?|down for) maintenance|something went wrong|we.?ll be (right )?back/i,
} as const;
