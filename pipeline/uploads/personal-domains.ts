/**
 * Mail hosts that are surely people's own: the large American ones. Bison's own list is not published; this one
 * explains what it passed over (docs/vendors.md#bison-lists), and decides nothing.
 */
const hosts: ReadonlySet<string> = new Set(
  `gmail.com googlemail.com yahoo.com ymail.com rocketmail.com hotmail.com outlook.com live.com msn.com aol.com icloud.com
  me.com mac.com proton.me protonmail.com gmx.com mail.com comcast.net xfinity.com att.net sbcglobal.net bellsouth.net
  verizon.net cox.net charter.net spectrum.net earthlink.net optonline.net frontier.com windstream.net suddenlink.net
  juno.com netzero.net roadrunner.com rr.com`.split(/\s+/),
);

export function isPersonal(email: string): boolean {
  return hosts.has(email.slice(email.lastIndexOf('@') + 1).toLowerCase());
}
