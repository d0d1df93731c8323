/** A token that is shared, made when it is needed, and made anew before it runs out. */
export type Token = {
  /** One sign-in at a time: whoever asks meanwhile gets the same token. */
  get(): Promise<string>;
  /** The vendor refused this token: it is dropped, unless a newer one has taken its place. */
  drop(token: string): void;
};

export type TokenOptions = {
  readonly signIn: () => Promise<string>;
  /** The machine's clock, milliseconds: a token runs out whatever day the business has. */
  readonly clock: () => number;
};

/** docs/vendors.md#zoominfo-limits: 60 minutes. Five less, for clocks that differ and calls under way. */
const goodForMs = 55 * 60_000;

export function makeToken({ signIn, clock }: TokenOptions): Token {
  let held: { readonly token: string; readonly until: number } | null = null;
  let coming: Promise<string> | null = null;
  const fetchOne = async (): Promise<string> => {
    const until = clock() + goodForMs;
    const token = await signIn();
    held = { token, until };
    return token;
  };
  return {
    get() {
      if (held && clock() < held.until) return Promise.resolve(held.token);
      coming ??= fetchOne().finally(() => (coming = null));
      return coming;
    },
    drop(token) {
      if (held?.token === token) held = null;
    },
  };
}
