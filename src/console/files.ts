import type { RequestHandler, Response } from 'express';
import type { Links } from '../links.ts';
import type { FileStore } from '../store/files.ts';

/**
 * A kept file behind a link from Slack. The link says for whom it was made; whether that person still may have the file is
 * asked again now, so that a role that was taken away takes the links with it.
 */
export function serveFile(parts: {
  readonly links: () => Links;
  readonly files: Pick<FileStore, 'read'>;
  readonly mayRead: (user: string, key: string) => Promise<boolean>;
  /** The audit row is written before the file is sent; where that fails the file is not handed out. */
  readonly noteReading: (user: string, key: string) => Promise<void>;
}): RequestHandler {
  return async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    const link = parts.links().verify(pathname, searchParams);
    if (!link) {
      plain(response, 403, 'This link is not valid any more. Open the details in Slack again for a new one.');
      return;
    }
    const { key, user } = link;
    if (!(await parts.mayRead(user, key))) {
      plain(response, 403, 'The person this link was made for has no role for this client (any more). Ask an admin.');
      return;
    }
    const found = await parts.files.read(key);
    if (!found) {
      plain(response, 404, 'This file was removed when its time to be kept was over.');
      return;
    }
    await parts.noteReading(user, key);
    response
      .status(200)
      .set('content-type', found.type)
      .set('content-disposition', `attachment; filename="${key.split('/').at(-1) ?? 'file'}"`)
      .set('cache-control', 'private, no-store')
      .end(found.bytes);
  };
}

function plain(response: Response, status: number, text: string): void {
  response.status(status).type('text/plain').send(text);
}
