import type { Request, RequestHandler, Response } from 'express';
import type { Service } from '../service.ts';
import { takeTurn, type Dropped } from '../faults.ts';
import type { Page } from '../shapes.ts';
import type { Workspace } from '../state/world.ts';
import type { Session, Sessions } from './sessions.ts';

/** Said on the page instead of done. */
export class Said extends Error {
  readonly status: number;
  constructor(message: string, status = 422) {
    super(message);
    this.status = status;
  }
}

/** One request of a signed-in page, in the portal that is current when it arrives. */
export type Visit = {
  readonly service: Service;
  readonly session: Session;
  readonly workspace: Workspace;
  readonly request: Request;
  readonly response: Response;
  /** The request's JSON; the pages send what their server expects. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Lets what was done stand and loses its answer, when this fault has a turn left. */
  drop(fault: Dropped): void;
};

/** Makes a handler: what `answer` gives is sent as JSON, what it says is shown on the page. */
export const makeVisits =
  (service: Service, sessions: Sessions) =>
  (answer: (visit: Visit) => unknown): RequestHandler =>
  async (request, response) => {
    const session = sessions.find(request);
    const workspace = session && service.world.workspaces.get(sessions.portalOf(session).id());
    if (!session || !workspace) return void response.status(401).json({ error: 'Your session has expired.' });
    const body = (request.body ?? {}) as Record<string, unknown>;
    const drop = (fault: Dropped): void => {
      if (!takeTurn(service.faults, fault)) return;
      // In the middle of the answer: a request whose answer has not begun is sent again by the browser itself.
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{');
      setImmediate(() => request.socket.destroy());
    };
    try {
      const said = await answer({ service, session, workspace, request, response, body, drop });
      if (!response.headersSent) response.json(said ?? { ok: true });
    } catch (error) {
      if (!(error instanceof Said)) throw error;
      response.status(error.status).json({ error: error.message });
    }
  };

export function pageOf<From, Row>(
  { service, request }: Visit,
  all: readonly From[],
  row: (from: From) => Row,
): Page<Row> {
  const { perPage } = service.settings;
  const lastPage = Math.max(1, Math.ceil(all.length / perPage));
  const page = Math.min(Math.max(1, Math.trunc(Number(request.query.page ?? 1)) || 1), lastPage);
  return { rows: all.slice((page - 1) * perPage, page * perPage).map(row), page, perPage, lastPage, total: all.length };
}

/** What somebody typed, or nothing. */
export const typed = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** The record whose id stands in the address; another portal's is not found. */
export function found<Found>({ request }: Visit, records: ReadonlyMap<number, Found>): Found {
  const record = records.get(Number(request.params.id));
  if (!record) throw new Said('We could not find what you were looking for in this client portal.', 404);
  return record;
}
