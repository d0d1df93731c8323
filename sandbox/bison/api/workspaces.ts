import { addWorkspace } from '../state/world.ts';
import { created, done, ok, recordAt, type Answer, type Call, type Route } from './call.ts';
import { paged } from './paging.ts';
import { moment, workspaceJson } from './present.ts';
import { forbidden, invalid } from './refusal.ts';

/** An api-user sees only the workspace it is bound to. */
const visible = ({ service, workspace, token }: Call) =>
  token === 'super-admin' ? service.world.workspaces : new Map([[workspace.id, workspace]]);

const whoAmI = ({ service, workspace, token }: Call): Answer => {
  const since = moment([...service.world.workspaces.values()][0]?.createdAt ?? 0);
  return ok({
    data: {
      id: token === 'super-admin' ? 1 : 100 + workspace.id,
      name: token === 'super-admin' ? 'Super Admin' : `${workspace.name} API`,
      email: token === 'super-admin' ? 'admin@instance.example' : `api-${workspace.id}@instance.example`,
      workspace: workspaceJson(workspace),
      profile_photo_path: null,
      created_at: since,
      updated_at: since,
    },
  });
};

const list = (call: Call): Answer => ok(paged([...visible(call).values()], workspaceJson, call));

function create({ service, token, json }: Call): Answer {
  if (token !== 'super-admin') throw forbidden();
  const name = typeof json.name === 'string' ? json.name.trim() : '';
  if (name === '') throw invalid({ name: ['The name field is required.'] });
  const now = service.settings.now();
  return created({
    data: workspaceJson(addWorkspace(service.world, { name, token: null, allowPersonalDomains: false, now })),
  });
}

/** Answers at once; the switch itself comes later. */
function switchWorkspace({ service, token, json }: Call): Answer {
  if (token !== 'super-admin') throw forbidden();
  const target = service.world.workspaces.get(Number(json.team_id));
  if (json.team_id === undefined) throw invalid({ team_id: ['The team id field is required.'] });
  if (!target) throw invalid({ team_id: ['The selected team id is invalid.'] });
  service.current.switchTo(target.id, service.settings.waits.workspaceSwitchMs + service.faults.workspaceLag);
  return done(`You have switched to ${target.name}.`);
}

// The reference has two generations of these; both work.
export const workspaceRoutes: readonly Route[] = [
  { on: 'GET /users', answer: whoAmI },
  ...(['/workspaces', '/workspaces/v1.1'] as const).flatMap((base): Route[] => [
    { on: `GET ${base}`, answer: list },
    { on: `POST ${base}`, answer: create },
    { on: `POST ${base}/switch-workspace`, answer: switchWorkspace },
  ]),
  {
    on: 'GET /workspaces/:team',
    answer: (call) => ok({ data: workspaceJson(recordAt(call, 'team', visible(call))) }),
  },
];
