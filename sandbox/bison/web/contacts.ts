import { randomBytes } from 'node:crypto';
import express, { type Router } from 'express';
import { readForm } from '../api/form.ts';
import { upload } from '../service.ts';
import { takeTurn } from '../faults.ts';
import type { ImportRequest, ListRow, ListView, PersonRow, Target, UploadView, VariableRow } from '../shapes.ts';
import { readCsv, type Csv } from '../state/csv.ts';
import { leadLimit } from '../state/import.ts';
import { guessTarget, requiredFields, standardFields } from '../state/mapping.ts';
import { addVariable, type Lead, type LeadList, type Workspace } from '../state/world.ts';
import type { Sessions } from './sessions.ts';
import { found, pageOf, Said, typed, type makeVisits, type Visit } from './visit.ts';

type Waiting = { readonly file: string; readonly csv: Csv; readonly workspace: number };

/** What the Contacts pages ask for. */
export function contactRoutes(on: ReturnType<typeof makeVisits>, sessions: Sessions): Router {
  /** Files that were dropped and not imported yet. */
  const waiting = new Map<string, Waiting>();
  const router = express.Router();

  const takeFile = async (visit: Visit): Promise<UploadView> => {
    const form = await readForm(visit.request);
    const [name, bytes] = [...form.files][0] ?? [];
    const csv = bytes ? readCsv(bytes) : null;
    if (!name || !csv) throw new Said('The file could not be read. Please upload a CSV with a header row.');
    if (csv.rows.length > leadLimit) {
      visit.service.ledger.limitRefusals += 1;
      throw new Said(`A CSV can hold up to ${leadLimit.toLocaleString('en-US')} contacts.`);
    }
    const file = form.fields.find(([field]) => field === 'file')?.[1] ?? 'contacts.csv';
    const uploadId = randomBytes(9).toString('base64url');
    waiting.set(uploadId, { file, csv, workspace: visit.workspace.id });
    return {
      uploadId,
      file,
      rows: csv.rows.length,
      columns: csv.headers.map((header, column) => ({
        header,
        sample: csv.rows[0]?.[column] ?? '',
        guess: guessTarget(visit.workspace, header),
      })),
      targets: targetsOf(visit.workspace),
    };
  };

  const startImport = (visit: Visit): { readonly listId: number } => {
    if (takeTurn(visit.service.faults, 'rejectUpload')) {
      throw new Said('The CSV could not be processed. Please check the file and try again.');
    }
    // The pages send this shape.
    const { uploadId, name, behavior, mapping } = visit.body as unknown as ImportRequest;
    const kept = waiting.get(uploadId);
    if (!kept) throw new Said('Your upload has expired. Please choose the file again.');
    if (kept.workspace !== visit.workspace.id) {
      throw new Said('You have switched to another client portal. Please choose the file again.');
    }
    const missing = requiredFields.filter((field) => !mapping.some(({ target }) => target === field.name));
    if (missing.length > 0) throw new Said(`Map a column to ${missing.map(({ label }) => label).join(', ')}.`);
    if (takeTurn(visit.service.faults, 'expireInUpload')) {
      sessions.endAll();
      throw new Said('Your session has expired.', 401);
    }
    waiting.delete(uploadId);
    const list = upload(visit.service, visit.workspace, { name, via: 'web', behavior, mapping, rows: kept.csv.rows });
    visit.drop('dropAfterUpload');
    return { listId: list.id };
  };

  const addCustomVariable = ({ service, workspace, body }: Visit): VariableRow => {
    const name = typed(body.name);
    if (name === '') throw new Said('The name field is required.');
    if (workspace.variables.has(name.toLowerCase())) throw new Said('The name has already been taken.');
    return addVariable(service.world, workspace, name, service.settings.now());
  };

  router.get(
    '/lists',
    on((visit) => pageOf(visit, newestFirst(visit.workspace.lists), listRow)),
  );
  router.get(
    '/lists/:id',
    on((visit) => listView(visit, found(visit, visit.workspace.lists))),
  );
  router.get(
    '/contacts',
    on((visit) => pageOf(visit, searched(visit), personRow)),
  );
  router.get(
    '/list-choices',
    on(({ workspace }) => newestFirst(workspace.lists).map(listRow)),
  );
  router.get(
    '/variables',
    on(({ workspace }) => [...workspace.variables.values()]),
  );
  router.post('/variables', on(addCustomVariable));
  router.post('/uploads', on(takeFile));
  router.post('/imports', on(startImport));
  return router;
}

const newestFirst = <Row>(rows: ReadonlyMap<number, Row>): readonly Row[] => [...rows.values()].reverse();

function listRow({ id, name, members, status, createdAt }: LeadList): ListRow {
  return { id, name, contacts: members.size, status, createdAt };
}

function listView(visit: Visit, list: LeadList): ListView {
  const { sent, processed, accepted, failed, errors, members } = list;
  return {
    ...listRow(list),
    rows: sent,
    processed,
    succeeded: accepted,
    failed,
    errors,
    people: pageOf(visit, [...members], personRow),
  };
}

export function personRow({ id, firstName, lastName, email, status, createdAt }: Lead): PersonRow {
  return { id, name: `${firstName} ${lastName}`.trim(), email, status, createdAt };
}

function searched({ workspace, request }: Visit): readonly Lead[] {
  const words = typed(request.query.search).toLowerCase();
  const status = typed(request.query.status);
  return newestFirst(workspace.leads).filter(
    (lead) =>
      (status === '' || lead.status === status) &&
      `${lead.email} ${lead.firstName} ${lead.lastName}`.toLowerCase().includes(words),
  );
}

const targetsOf = ({ variables }: Workspace): readonly Target[] => [
  ...standardFields.map(({ name, label }) => ({ value: name, label, custom: false })),
  ...[...variables.keys()].map((name) => ({ value: name, label: name, custom: true })),
];
