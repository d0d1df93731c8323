import { readArgs, type WorkflowName } from '../kinds.ts';
import type { RunContext, Summary, Workflow } from '../workflow.ts';
import type { Client } from '../vocabulary.ts';
import { check } from './check/check.ts';
import { evergreen } from './evergreen/evergreen.ts';
import { undoEvergreen } from './evergreen/undo.ts';
import { sendAgain } from './intent/delivery.ts';
import { intent } from './intent/intent.ts';
import { monthly } from './monthly/monthly.ts';
import { pullLeads } from './pull/pull-leads.ts';
import { upload } from './upload/upload.ts';
import { weekly } from './weekly/weekly.ts';

/** Who does the work of each kind. */
const workflows: { readonly [Name in WorkflowName]: Workflow<Name> } = {
  'pull-leads': pullLeads,
  upload,
  evergreen,
  'evergreen-undo': undoEvergreen,
  weekly,
  monthly,
  check,
  intent,
  'intent-send': sendAgain,
};

/**
 * Works on a run from the top.
 * @throws InvalidInput where it was started with something else than its workflow takes
 */
export async function perform(context: RunContext<Client | null>): Promise<Summary<WorkflowName>> {
  return performAs(context.run.workflow, context);
}

function performAs<Name extends WorkflowName>(name: Name, context: RunContext<Client | null>): Promise<Summary<Name>> {
  return workflows[name](context, readArgs(name, context.run.args));
}
