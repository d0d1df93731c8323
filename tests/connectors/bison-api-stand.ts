import { afterEach } from '@jest/globals';
import { pino } from 'pino';
import { makeBisonApi } from '../../connectors/bison/index.ts';
import type { Bison, CampaignId, CampaignRef, ListId, ListRef } from '../../pipeline/ports/bison.ts';
import { json, servePages, type Call, type Pages } from '../fixtures/pages/server.ts';
import { lakeside, listName, title } from './bison-stand.ts';

/** By `METHOD /path`. */
export type Answers = Readonly<Record<string, (call: Call) => unknown>>;
/** What the last API was asked (`GET /campaigns?2`), what it was sent, and the lines logged meanwhile. */
export const heard: { asked: string[]; bodies: unknown[]; lines: string[] } = { asked: [], bodies: [], lines: [] };
let pages: Pages | null = null;

/** Our client at an API of somebody else's making; one at a time, and what is asked of it is written down. */
export async function bisonOf(
  answers: Answers,
  me: unknown = { data: { workspace: { id: 7, name: lakeside } } },
): Promise<Bison> {
  await pages?.close();
  Object.assign(heard, { asked: [], bodies: [], lines: [] });
  pages = await servePages((call) => {
    const key = `${call.method} ${call.path.replace(/^\/api/, '')}`;
    if (key === 'GET /users') return me === null ? json(call.response, {}, 404) : json(call.response, me);
    heard.asked.push(key + (call.query.has('page') ? `?${call.query.get('page') ?? ''}` : ''));
    if (call.method !== 'GET') heard.bodies.push(call.json ?? call.body);
    const answer = answers[key]?.(call);
    // It answered by itself, or never will.
    if (call.response.headersSent || call.request.socket.destroyed) return;
    if (answer === undefined) json(call.response, { message: 'The route could not be found.' }, 404);
    else json(call.response, answer);
  });
  return makeBisonApi({
    url: `${pages.url}/api/`,
    log: pino({ level: 'debug' }, { write: (line: string) => void heard.lines.push(line) }),
    token: () => Promise.resolve('token'),
    retries: { times: 3, firstMs: 1 },
  });
}
afterEach(async () => {
  await pages?.close();
  pages = null;
});

export const campaignRef: CampaignRef = { id: '41' as CampaignId, name: title };
export const listRef: ListRef = { id: '311' as ListId, name: listName };
export const list = (n: number, more: object = {}) => ({
  id: n,
  name: `list ${n}`,
  status: 'Processed',
  leads_succeeded: n,
  ...more,
});
export const wanted = list(40, { name: listName });
