import { browserName } from '../../pages/browser-name.ts';

/** Keeps a stream open for as long as this page is. */
export async function bePresent(): Promise<void> {
  new EventSource(`/presence?browser=${await browserName()}`);
}
