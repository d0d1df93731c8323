import type { Browser, BrowserContext } from 'playwright';
import { z } from 'zod';
import type { Login } from './login.ts';
import { agencyZone } from '../../pipeline/calendar/hours.ts';

/**
 * Where the cookies of signed-in sessions are kept from one session to the next: src/ keeps them in an encrypted
 * column. A state is an opaque string.
 */
export type SessionVault = {
  load(login: Login): Promise<string | null>;
  save(login: Login, state: string): Promise<void>;
  forget(login: Login): Promise<void>;
};

/** What Playwright calls a storage state; read from our own vault, and still checked. */
const StorageState = z.object({
  cookies: z.array(
    z.object({
      name: z.string(),
      value: z.string(),
      domain: z.string(),
      path: z.string(),
      expires: z.number(),
      httpOnly: z.boolean(),
      secure: z.boolean(),
      sameSite: z.enum(['Strict', 'Lax', 'None']),
    }),
  ),
  origins: z.array(
    z.object({ origin: z.string(), localStorage: z.array(z.object({ name: z.string(), value: z.string() })) }),
  ),
});

/** A browser profile of its own for one login: an American office's desktop, with the saved session where there is one. */
export async function openContext(browser: Browser, saved: string | null): Promise<BrowserContext> {
  const state = saved === null ? null : readState(saved);
  const context = await browser.newContext({
    acceptDownloads: true,
    viewport: { width: 1600, height: 1000 },
    locale: 'en-US',
    timezoneId: agencyZone,
    ...(state ? { storageState: state } : {}),
  });
  context.setDefaultTimeout(15_000);
  context.setDefaultNavigationTimeout(45_000);
  return context;
}

/** A saved state that cannot be read is ignored, and the login signs in again. */
function readState(saved: string): z.infer<typeof StorageState> | null {
  try {
    const parsed = StorageState.safeParse(JSON.parse(saved));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export async function stateOf(context: BrowserContext): Promise<string> {
  return JSON.stringify(await context.storageState());
}
