import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { photograph, type Evidence, type EvidenceKey, type Tracer } from '../browser/evidence.ts';
import type { Log } from '../browser/log.ts';
import type { Login } from '../browser/login.ts';

/** What a failure of signed-in work leaves: the page as it stands, and the recording. */
export async function failurePictures(
  { evidence, log }: { readonly evidence: Evidence; readonly log: Log },
  login: Login,
  page: Page,
  tracer: Tracer,
): Promise<readonly EvidenceKey[]> {
  const name = `${login} failure`;
  try {
    const trace = await tracer.stop({ evidence, name, read: readFile });
    const pages = page.context().pages();
    const pictures = await photograph(pages.at(-1) ?? page, evidence, name, [], log);
    return trace ? [...pictures, trace] : pictures;
  } catch {
    return []; // The browser is gone, so no picture can be taken: the error is reported without one.
  }
}
