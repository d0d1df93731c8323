import type { Browser, BrowserContext, Page } from 'playwright';
import { openContext, stateOf, type SessionVault } from '../browser/context.ts';
import type { Left } from '../browser/left-open.ts';
import type { Login } from '../browser/login.ts';
import { asKnownError } from './known-errors.ts';

/** A browser profile at a vendor, signed in. */
export type OpenSession = Left & {
  readonly context: BrowserContext;
  /** Its page, once it is inside. */
  inside?: { readonly page: Page; readonly home: string };
  /** What the vault keeps of it. */
  saved: string | null;
};

/** A new profile, with what the vault has of the last one, or (without a vault) with nothing. @throws Retryable where the browser is gone */
export async function openSession(
  browser: Browser,
  { vendor, login }: { readonly vendor: string; readonly login: Login },
  vault: SessionVault | null,
  signal: AbortSignal,
): Promise<OpenSession> {
  signal.throwIfAborted();
  const saved = vault === null ? null : await vault.load(login);
  // The browser may have died while this work waited for its turn; the next try starts another one.
  const context = await openContext(browser, saved).catch((error: unknown) => {
    throw asKnownError(error, vendor);
  });
  let closing: Promise<void> | undefined;
  return { context, saved, close: () => (closing ??= context.close().catch(() => undefined)) };
}

/** The session the last work left, with its one page; undefined where it can no longer be used. */
export async function stillOpen(found: OpenSession | undefined): Promise<OpenSession | undefined> {
  const page = found?.inside?.page;
  if (!found || !page) return undefined;
  if (page.isClosed() || found.context.browser()?.isConnected() !== true) {
    await found.close();
    return undefined;
  }
  for (const other of found.context.pages()) if (other !== page) await other.close();
  return found;
}

/** Keeps what the vendor remembers of this sign-in, where it is not what is kept already. */
export async function keepState(vault: SessionVault, login: Login, open: OpenSession): Promise<void> {
  const state = await stateOf(open.context);
  if (state === open.saved) return;
  await vault.save(login, state);
  open.saved = state;
}
