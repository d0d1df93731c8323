import { checkTotp } from '../../connectors/auth/totp.ts';
import { InvalidInput } from '../../pipeline/errors.ts';
import { setLogin } from '../operations/set-login.ts';
import { shell } from '../operations/who.ts';
import { sites, type Site } from '../store/credentials.ts';
import type { CliDeps } from './deps.ts';

export type CredentialWords = { readonly username: string; readonly owner?: string; readonly totp?: boolean };

/**
 * The secret comes from standard input, so that it is in no history and no process list.
 *
 * @param input the secret, and on a second line that of its code generator
 */
export async function setCredential(
  deps: CliDeps,
  typedSite: string,
  typedState: string | undefined,
  { username, owner, totp: withTotp = false }: CredentialWords,
  input: string,
): Promise<string> {
  const site = sites.find((one): one is Site => one === typedSite);
  if (!site) {
    throw new InvalidInput(`"${typedSite}" is no vendor.`, {
      todo: `Vendors are ${sites.join(', ')}. Nothing was stored.`,
    });
  }
  if (site === 'cole' && !/^[A-Za-z]{2}$/.test(typedState ?? '')) {
    throw new InvalidInput('Cole has a login per state.', {
      todo: 'Write: credentials set cole TX --username … . Nothing was stored.',
    });
  }
  const [secret = '', second = ''] = input.split(/\r?\n/);
  if (secret === '') {
    throw new InvalidInput('No secret came on standard input.', {
      todo: `For example: printf '%s' "$PASSWORD" | npm run -s leadops -- credentials set ${site} ${typedState ?? ''} --username … . Nothing was stored.`,
    });
  }
  const state = site === 'bison' ? (typedState ?? '') : (typedState ?? '').toUpperCase();
  const totp = withTotp ? readGenerator(second) : null;
  await setLogin(deps, shell(), { site, state, username, secret, totp, owner: owner ?? null });
  return `Stored the login ${site}${state ? `/${state}` : ''} (encrypted)${totp === null ? '' : ' with its code generator'}.`;
}

/** The second line of the input, if digits can be made of it. */
function readGenerator(line: string): string {
  try {
    checkTotp(line);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput(line.trim() === '' ? 'The second line of standard input is empty.' : error.message, {
      todo: 'It is the secret that the vendor prints below its QR code, or the otpauth:// address in the code. Nothing was stored.',
    });
  }
  return line.replaceAll(/\s/g, '');
}
