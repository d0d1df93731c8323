import type { EvidenceKey } from '../browser/evidence.ts';
import type { Login } from '../browser/login.ts';
import type { Survey } from '../browser/survey.ts';

/** What a login needs to get in; `totp` is the base32 secret of its authenticator. */
export type Credentials = { readonly username: string; readonly secret: string; readonly totp?: string | undefined };

/** Where a vendor's name, password and code may be typed: at the origin of its address, and at those a setting allows. */
type Trusted = { readonly url: string; readonly allowed: readonly string[] };

/** An origin a setting allows a vendor besides its own: `https://login.example`. */
export type SignInOrigin = { readonly vendor: string; readonly origin: string };

export type SignIn = {
  readonly login: Login;
  readonly credentials: () => Promise<Credentials>;
  readonly trusted: Trusted;
  /** Whether the vendor's own signs of being inside are on the page. */
  readonly home: (survey: Survey) => boolean;
  /** A screenshot for the card; fields that hold secrets are emptied first. */
  readonly photograph: (secrets: readonly string[]) => Promise<readonly EvidenceKey[]>;
  /** The machine's clock, milliseconds: a TOTP code depends on it. */
  readonly clock: () => number;
};
