import { z } from 'zod';
import { questionKinds, type Answer } from '../../pipeline/questions.ts';
import type { Approvals } from '../../pipeline/ports/index.ts';
import { ApprovalRow, questionRows, type Approval, type NewQuestion } from './approval-row.ts';
import { all, json, may, must, type Db } from './db.ts';
import { makeGapRounds } from './gap-rounds.ts';

export type { Approval } from './approval-row.ts';

export type ApprovalStore = ReturnType<typeof makeApprovalStore>;

export function makeApprovalStore(db: Db) {
  return { ...makeQuestions(db), ...makeDecisions(db), ...makeGapRounds(db) };
}

/** Questions as they are asked and looked up. One of a kind that only a newer version knows is left to that version. */
function makeQuestions(db: Db) {
  const asked = () => db.from('approvals').select('*').in('kind', questionKinds);
  /** In the order in which they were asked. */
  const inOrder = async (some: (rows: ReturnType<typeof asked>) => ReturnType<typeof asked>): Promise<Approval[]> => {
    const rows = await all((from, to) =>
      some(asked()).order('created_at').order('position').order('id').range(from, to),
    );
    return rows.map((row) => ApprovalRow.parse(row));
  };
  const ofRun = (runId: string) => inOrder((rows) => rows.eq('run_id', runId));
  const ofRound = async (runId: string, round: string) => (await ofRun(runId)).filter((row) => row.round === round);

  return {
    ofRun,
    ofRound,

    answers: async (runId: string, round: string): Promise<readonly Answer[]> => ofRound(runId, round),

    /** Writes the questions of a round; those that are there already stay as they are. */
    async ask(runId: string, round: string, questions: readonly NewQuestion[], expiresAt: Date): Promise<void> {
      if (questions.length === 0) return;
      may(
        await db.rpc('ask_round', {
          p_run: runId,
          p_round: round,
          p_questions: questionRows(questions),
          p_expires: expiresAt.toISOString(),
        }),
      );
    },

    async get(id: string): Promise<Approval | null> {
      const row = may(await db.from('approvals').select('*').eq('id', id).maybeSingle());
      return row ? ApprovalRow.parse(row) : null;
    },

    /** Everything that waits for a person, oldest first. */
    pending: () => inOrder((rows) => rows.eq('state', 'pending')),
  };
}

/** What became of questions. */
function makeDecisions(db: Db) {
  const port: Omit<Approvals, 'answers' | 'offer'> = {
    async supersede(runId, round) {
      may(await db.rpc('supersede_round', { p_run: runId, p_round: round }));
    },

    async result(id, result) {
      may(await db.rpc('note_result', { p_approval: id, p_result: json(result) }));
    },

    async rejectedKeys(client, month) {
      const rows = await all((from, to) =>
        db
          .from('approvals')
          .select('key,id,agent_runs!inner(client,month)')
          .eq('state', 'rejected')
          .eq('agent_runs.client', client)
          .eq('agent_runs.month', month)
          .order('id')
          .range(from, to),
      );
      return [...new Set(rows.map((row) => row.key))];
    },
  };

  return {
    ...port,

    /**
     * Compare-and-set: decides those that are still pending and wakes their run. Answers only what this call changed.
     */
    async decide(decision: {
      ids: readonly string[];
      state: 'approved' | 'rejected';
      by: string;
      reason: string | null;
      now: Date;
      facts?: Readonly<Record<string, unknown>>;
    }): Promise<Approval[]> {
      const changed = must(
        await db.rpc('decide', {
          p_ids: [...decision.ids],
          p_state: decision.state,
          p_by: decision.by,
          p_now: decision.now.toISOString(),
          p_reason: decision.reason ?? undefined,
          p_facts: json(decision.facts ?? {}),
        }),
      );
      return z.array(ApprovalRow).parse(changed);
    },

    async expire(now: Date): Promise<number> {
      return must(await db.rpc('expire_approvals', { p_now: now.toISOString() }));
    },
  };
}
