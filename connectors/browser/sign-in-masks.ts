import type { Locator, Page } from 'playwright';

/** What is covered in a picture of a sign-in page, in all its frames: every field, and every sentence with a secret or an address. */
export function signInMasks(page: Page, secrets: readonly string[]): Locator[] {
  const words = secrets.filter((secret) => secret.trim() !== '');
  return page.frames().flatMap((frame) => [
    frame.locator(
      'input:not([type=submit], [type=button], [type=checkbox], [type=radio]), textarea, [contenteditable]',
    ),
    ...words.map((word) => frame.getByText(word)),
    // Whole or shortened by the page itself: "We sent a code to j***@…".
    frame.getByText(/[^\s@]@[^\s@]/),
  ]);
}
