import { z } from 'zod';
import { openBooks } from './auditor.ts';
import { month } from './cast.ts';

/** What the database holds at the end, read past the app: an auditor's own client with the project's secret key. */
export type Books = {
  readonly status: string;
  readonly states: Readonly<Record<string, number>>;
  /** Rows that came from another client instead of Cole. */
  readonly movedIn: number;
  readonly target: number;
  readonly gap: number;
  readonly gapBefore: number;
  readonly suggestions: number;
  readonly rounds: readonly { readonly got: number; readonly predicted: { readonly middle: number } }[];
  readonly sources: readonly Source[];
  /** ZIPs that were asked for twice under the same filters and bounds. */
  readonly zipsPulledTwice: number;
};

const Source = z.object({
  run_id: z.string().nullable(),
  state: z.string(),
  zips: z.array(z.string()),
  filters_key: z.string(),
  slice: z.unknown(),
  status: z.string(),
  round: z.string(),
  origin: z.string(),
  asked: z.number(),
  recounted: z.boolean(),
  original_rows: z.number().nullable(),
});
type Source = z.output<typeof Source>;

const Facts = z.object({
  target: z.number(),
  gap: z.number(),
  rounds: z.array(z.object({ got: z.number(), predicted: z.object({ middle: z.number() }) })),
});
const Run = z.object({ id: z.string(), status: z.string(), summary: z.object({ gapFacts: Facts.optional() }) });
const FirstGap = z.object({ output: z.object({ value: z.object({ facts: Facts, questions: z.array(z.unknown()) }) }) });
const State = z.object({ lead_state: z.string(), reason: z.string().nullable(), leads: z.number() });

export async function readBooks(dataDir: string, client: string): Promise<Books> {
  const { database, ask } = openBooks(dataDir);
  const [run] = await ask(
    database
      .from('agent_runs')
      .select('id,status,summary')
      .match({ client, month, workflow: 'pull-leads' })
      .order('created_at', { ascending: false })
      .limit(1),
    z.array(Run),
  );
  if (!run) throw new Error(`there is no run for ${client}`);
  const first = await ask(
    database.from('agent_steps').select('output').match({ run_id: run.id, name: 'gap 1' }).maybeSingle(),
    FirstGap.nullable(),
  );
  const states = await ask(database.rpc('lead_counts', { p_client: client, p_month: month }), z.array(State));
  const sources = await ask(
    database
      .from('lead_sources')
      .select('run_id,state,zips,filters_key,slice,status,round,origin,asked,recounted,original_rows')
      .match({ client, month }),
    z.array(Source),
  );
  const moved = await database
    .from('raw_leads')
    .select('id', { count: 'exact', head: true })
    .match({ client, month, origin: 'moved' });
  const facts = run.summary.gapFacts;
  return {
    status: run.status,
    states: Object.fromEntries(
      states.map((row) => [row.reason ? `${row.lead_state}: ${row.reason}` : row.lead_state, row.leads]),
    ),
    movedIn: moved.count ?? 0,
    target: facts?.target ?? 0,
    gap: facts?.gap ?? 0,
    gapBefore: first?.output.value.facts.gap ?? 0,
    suggestions: first?.output.value.questions.length ?? 0,
    rounds: facts?.rounds ?? [],
    sources: sources.filter((source) => source.run_id === run.id),
    zipsPulledTwice: pulledTwice(sources),
  };
}

function pulledTwice(sources: readonly Source[]): number {
  const pulled = sources
    .filter((source) => source.origin === 'cole' && source.asked > 0 && source.status !== 'replaced')
    .flatMap((source) =>
      source.zips.map((zip) => `${zip} ${source.state} ${source.filters_key} ${JSON.stringify(source.slice)}`),
    );
  return pulled.length - new Set(pulled).size;
}
