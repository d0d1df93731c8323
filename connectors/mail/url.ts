import { InvalidInput } from '../../pipeline/errors.ts';

/** How a mail server is reached. */
export type SmtpServer = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (smtps, 465). */
  readonly secure: boolean;
  /** STARTTLS, or no mail at all. Otherwise it is used where the server offers it. */
  readonly requireTls: boolean;
  /** A connection within this machine needs no TLS, and a self-signed certificate is accepted there. */
  readonly anyCertificate: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | null;
};

const right = 'smtp://user:password@host:587, or smtps://user:password@host:465';
const escapes = 'in a user or a password @ is written %40, : %3A, / %2F, ? %3F, # %23 and % %25';

/**
 * Reads `SMTP_URL`. No port: 587, or 465 for smtps. TLS is required on 587 (docs/vendors.md#mail), and wherever a
 * password would leave this machine.
 * @throws InvalidInput naming every mistake at once, and nothing of the address itself: there is a password in it
 */
export function readSmtpUrl(text: string): SmtpServer {
  const url = parse(text.trim());
  if (!url) throw refused([`it is no address (${escapes})`]);
  const secure = url.protocol === 'smtps:';
  const port = url.port === '' ? (secure ? 465 : 587) : Number(url.port);
  const auth = readAuth(url);
  const mistakes = [
    ...(secure || url.protocol === 'smtp:' ? [] : [`it begins with ${url.protocol} instead of smtp: or smtps:`]),
    ...(url.hostname === '' ? ['it names no host'] : []),
    ...(port === 0 ? ['port 0 is none'] : []),
    ...(!secure && port === 465 ? ['port 465 speaks TLS from the first byte: write smtps:'] : []),
    ...(secure && (port === 587 || port === 25) ? [`port ${port} begins in clear text: write smtp:`] : []),
    ...(url.pathname.length > 1 ? [`it goes on after the host (${escapes})`] : []),
    ...(url.search === '' ? [] : [`nothing is taken after a ? (${escapes})`]),
    ...(url.hash === '' ? [] : [`nothing is taken after a # (${escapes})`]),
    ...(typeof auth === 'string' ? [auth] : []),
  ];
  if (mistakes.length > 0 || typeof auth === 'string') throw refused(mistakes);
  // WHATWG keeps the brackets of an IPv6 address.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const here = isHere(host);
  return {
    host,
    port,
    secure,
    requireTls: !secure && (port === 587 || (auth !== null && !here)),
    anyCertificate: here,
    auth,
  };
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** @returns what is wrong with it, as a text */
function readAuth({ username, password }: URL): SmtpServer['auth'] | string {
  if (username === '' && password === '') return null;
  if (username === '') return 'it has a password and no user';
  if (password === '') return 'it has a user and no password';
  try {
    return { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  } catch {
    return `a % is followed by something else than two digits (${escapes})`;
  }
}

function isHere(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function refused(mistakes: readonly string[]): InvalidInput {
  return new InvalidInput(`SMTP_URL cannot be used: ${mistakes.join('; ')}. No mail was sent`, {
    todo: `Write it as ${right}.`,
  });
}
