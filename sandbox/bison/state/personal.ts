/**
 * Mail hosts Email Bison calls personal (docs/vendors.md#bison-lists; its list is not published). The last line
 * holds hosts of the invented households in `../../households`: they play gmail.com's part.
 */
const hosts = new Set(
  `gmail.com googlemail.com yahoo.com ymail.com rocketmail.com hotmail.com outlook.com live.com msn.com aol.com
  icloud.com me.com mac.com proton.me protonmail.com gmx.com mail.com zoho.com yandex.com
  comcast.net att.net sbcglobal.net bellsouth.net verizon.net cox.net charter.net earthlink.net optonline.net
  mail.example.com home.example.net`.split(/\s+/),
);

export function makePersonal(more: readonly string[]): (email: string) => boolean {
  const extra = new Set(more.map((host) => host.toLowerCase()));
  return (email) => {
    const host = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
    return hosts.has(host) || extra.has(host);
  };
}
