import { addVariable } from '../state/world.ts';
import { created, ok, type Answer, type Call, type Route } from './call.ts';
import { paged } from './paging.ts';
import { variableJson } from './present.ts';
import { invalid } from './refusal.ts';

function create({ service, workspace, json }: Call): Answer {
  const name = typeof json.name === 'string' ? json.name.trim() : '';
  if (name === '') throw invalid({ name: ['The name field is required.'] });
  if (workspace.variables.has(name.toLowerCase())) throw invalid({ name: ['The name has already been taken.'] });
  return created({ data: variableJson(addVariable(service.world, workspace, name, service.settings.now())) });
}

export const variableRoutes: readonly Route[] = [
  {
    on: 'GET /custom-variables',
    answer: (call) => ok(paged([...call.workspace.variables.values()], variableJson, call)),
  },
  { on: 'POST /custom-variables', answer: create },
];
