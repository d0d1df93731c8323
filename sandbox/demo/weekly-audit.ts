import { z } from 'zod';
import type { Result } from './audit.ts';
import { openBooks } from './auditor.ts';
import { month } from './cast.ts';
import type { Stage } from './stage.ts';

const BisonStats = z.object({
  lists: z.array(z.object({ workspace: z.string(), name: z.string(), sent: z.number(), accepted: z.number() })),
  renames: z.array(z.object({ workspace: z.string(), from: z.string(), to: z.string() })),
  attaches: z.array(z.object({ workspace: z.string(), added: z.number() })),
  settingsLost: z.array(z.unknown()),
  leadsInListsOfOneName: z.number(),
});

const Run = z.object({
  status: z.string(),
  summary: z.object({
    evergreen: z.object({ kept: z.array(z.string()), unconfirmed: z.array(z.string()) }).optional(),
  }),
});

/** A client's first Monday: what the stand-in Bison counted, and what its run says of the campaign's settings. */
export async function auditMonday(stage: Stage, client: string, workspace: string) {
  const stats = BisonStats.parse(await (await fetch(`${stage.bisonUrl}/_control/stats`)).json());
  const { database, ask } = openBooks(stage.dataDir);
  const [run] = await ask(
    database
      .from('agent_runs')
      .select('status,summary')
      .match({ client, month, workflow: 'evergreen' })
      .order('created_at', { ascending: false })
      .limit(1),
    z.array(Run),
  );
  const own = <Entry extends { workspace: string }>(entries: readonly Entry[]) =>
    entries.filter((entry) => entry.workspace === workspace);
  const lists = own(stats.lists);
  const renames = own(stats.renames);
  const [rename] = renames;
  const problems = [
    run?.status === 'success' ? '' : `the evergreen run ended as ${run?.status ?? 'nothing'}`,
    lists.length === 4 ? '' : `${lists.length} lists instead of 4`,
    renames.length === 1 ? '' : `the campaign was renamed ${renames.length} times`,
    own(stats.attaches).length === 1 ? '' : `lists were attached ${own(stats.attaches).length} times`,
    stats.settingsLost.length === 0 ? '' : 'a rename switched off a setting',
    stats.leadsInListsOfOneName === 0 ? '' : 'a lead was uploaded twice',
  ].filter((problem) => problem !== '');
  return {
    problems,
    facts: {
      lists: lists.map(({ name, sent, accepted }) => ({ name, sent, accepted })),
      evergreen: {
        from: rename?.from ?? null,
        to: rename?.to ?? null,
        added: own(stats.attaches).reduce((sum, { added }) => sum + added, 0),
      },
      settings: {
        kept: run?.summary.evergreen?.kept ?? [],
        unconfirmed: run?.summary.evergreen?.unconfirmed ?? [],
      },
    },
  };
}

/** The pull's result with the Monday's beside it. */
export function withMonday(pull: Result, monday: Awaited<ReturnType<typeof auditMonday>>): Result {
  const problems = [typeof pull.reason === 'string' ? pull.reason : '', ...monday.problems].filter((one) => one !== '');
  return {
    ...pull,
    ok: problems.length === 0,
    ...(problems.length > 0 && { reason: problems.join('; ') }),
    ...monday.facts,
  };
}
