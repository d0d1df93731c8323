import { z } from 'zod';
import { questionKinds, type Asked, type Question } from '../../pipeline/questions.ts';
import { approvalStates, roles } from '../../pipeline/vocabulary.ts';
import { json } from './db.ts';

const facts = z.record(z.string(), z.unknown());

export const ApprovalRow = z
  .object({
    id: z.string(),
    run_id: z.string(),
    round: z.string(),
    key: z.string(),
    position: z.number(),
    kind: z.enum(questionKinds),
    payload: facts,
    marked: z.boolean(),
    required_role: z.enum(roles),
    state: z.enum(approvalStates),
    decided_by: z.string().nullable(),
    decided_at: z.string().nullable(),
    reason: z.string().nullable(),
    result: facts.nullable(),
    expires_at: z.string(),
    created_at: z.string(),
  })
  .transform((row) => ({
    id: row.id,
    runId: row.run_id,
    round: row.round,
    key: row.key,
    position: row.position,
    kind: row.kind,
    payload: row.payload,
    marked: row.marked,
    requiredRole: row.required_role,
    state: row.state,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at ? new Date(row.decided_at) : null,
    reason: row.reason,
    result: row.result,
    expiresAt: new Date(row.expires_at),
    createdAt: new Date(row.created_at),
  }));
export type Approval = z.output<typeof ApprovalRow>;

/** A question as its row will have it. */
export type NewQuestion = Pick<Question, 'key' | 'marked' | 'requiredRole'> & Asked;

/** Questions as the database's functions take them, in their order. */
export const questionRows = (questions: readonly NewQuestion[]) =>
  json(
    questions.map((question, position) => ({
      key: question.key,
      position,
      kind: question.kind,
      payload: question.payload,
      marked: question.marked,
      required_role: question.requiredRole,
    })),
  );
