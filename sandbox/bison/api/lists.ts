import { upload } from '../service.ts';
import { takeTurn } from '../faults.ts';
import { readCsv, type Csv } from '../state/csv.ts';
import { leadLimit } from '../state/import.ts';
import { requiredFields, targetOf, type Mapping } from '../state/mapping.ts';
import type { Behavior, Workspace } from '../state/world.ts';
import { created, ok, recordAt, type Answer, type Call, type Route } from './call.ts';
import type { Form } from './form.ts';
import { paged } from './paging.ts';
import { listJson } from './present.ts';
import { invalid, type Complaints } from './refusal.ts';

const behaviors: readonly Behavior[] = ['put', 'patch', 'skip'];

/** Field → CSV header. The documentation writes the name both ways: with an index before it and with `[]` after it. */
function columnsToMap(form: Form): ReadonlyMap<string, string> {
  const columns = new Map<string, string>();
  for (const [name, value] of form.fields) {
    const field = /^columnsToMap(?:\[\d*\])?\[([^\]]+)\](?:\[\])?$/.exec(name)?.[1];
    if (field && value.trim() !== '') columns.set(field, value.trim());
  }
  return columns;
}

function bulkCsv({ service, workspace, form }: Call): Answer {
  if (takeTurn(service.faults, 'rejectUpload')) {
    throw invalid({ csv: ['The csv could not be processed. Please check the file and try again.'] });
  }
  const field = (name: string) => form?.fields.findLast(([each]) => each === name)?.[1].trim() ?? '';
  const name = field('name');
  const behavior = (field('existing_lead_behavior') || 'put').toLowerCase();
  const bytes = form?.files.get('csv');
  const csv = bytes ? readCsv(bytes) : null;
  const columns = form ? columnsToMap(form) : new Map<string, string>();
  const complaints: Complaints = {
    ...(name === '' && { name: ['The name field is required.'] }),
    ...(!bytes && { csv: ['The csv field is required.'] }),
    ...(bytes && !csv && { csv: ['The csv must be a file of type: csv.'] }),
    ...(!isBehavior(behavior) && { existing_lead_behavior: ['The selected existing lead behavior is invalid.'] }),
    ...mappingComplaints(workspace, columns, csv),
  };
  if (!csv || !isBehavior(behavior) || Object.keys(complaints).length > 0) throw invalid(complaints);
  if (csv.rows.length > leadLimit) {
    service.ledger.limitRefusals += 1;
    throw invalid({ csv: [`The csv must not have more than ${leadLimit} leads.`] });
  }
  const mapping: Mapping = [...columns].map(([target, header]) => ({
    target: target.toLowerCase().trim(),
    column: csv.headers.indexOf(header),
  }));
  return created({
    data: listJson(upload(service, workspace, { name, via: 'api', behavior, mapping, rows: csv.rows })),
  });
}

const isBehavior = (said: string): said is Behavior => behaviors.some((each) => each === said);

function mappingComplaints(workspace: Workspace, columns: ReadonlyMap<string, string>, csv: Csv | null): Complaints {
  const complaints: Record<string, string[]> = {};
  for (const { name } of requiredFields) {
    if (!columns.has(name)) complaints[`columnsToMap.0.${name}`] = [`The ${name} column is required.`];
  }
  for (const [field, header] of columns) {
    const key = `columnsToMap.0.${field}`;
    if (targetOf(workspace, field) === null) complaints[key] = [`The custom variable "${field}" does not exist.`];
    else if (csv && !csv.headers.includes(header)) complaints[key] = [`The csv has no column "${header}".`];
  }
  return complaints;
}

export const listRoutes: readonly Route[] = [
  { on: 'POST /leads/bulk/csv', drops: 'dropAfterUpload', answer: bulkCsv },
  // Oldest first: which order the vendor has is not known, and this one punishes whoever reads only the first page.
  { on: 'GET /lead-lists', answer: (call) => ok(paged([...call.workspace.lists.values()], listJson, call)) },
  {
    on: 'GET /lead-lists/:lead_list',
    answer: (call) => ok({ data: listJson(recordAt(call, 'lead_list', call.workspace.lists)) }),
  },
];
