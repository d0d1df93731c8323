import { z } from 'zod';
import type { Usage } from '../../pipeline/ports/zoominfo.ts';
import type { Calls } from './calls.ts';
import { fieldsOf, isRecord, pick } from './fields.ts';
import { Text, Whole } from './values.ts';

const names = {
  limitType: ['limitType', 'type', 'name'],
  totalLimit: ['totalLimit', 'limit'],
  currentUsage: ['currentUsage', 'used', 'usage'],
  usageRemaining: ['usageRemaining', 'remaining'],
} as const;

const Line = z.object({ limitType: Text, totalLimit: Whole, currentUsage: Whole, usageRemaining: Whole });

/** Enriched records are counted by unique id; requests and shown records have limits of their own. */
const counted = /unique|credit/i;

/**
 * `GET /lookup/usage`: its fields are not documented (docs/vendors.md#zoominfo-limits), so whatever is not there is
 * `null`.
 */
export async function readUsage(calls: Calls): Promise<Usage> {
  const lines = linesIn(await calls.free({ method: 'GET', path: '/lookup/usage' })).flatMap((line) => {
    const fields = fieldsOf(line);
    return fields === null ? [] : [Line.parse(pick(fields, names))];
  });
  const line = lines.find(({ limitType }) => counted.test(limitType)) ?? (lines.length === 1 ? lines[0] : undefined);
  return {
    used: line?.currentUsage ?? null,
    limit: line?.totalLimit ?? null,
    remaining: line?.usageRemaining ?? null,
  };
}

/** The list called `usage`, wherever it is; else what there is. */
function linesIn(answer: unknown): readonly unknown[] {
  if (Array.isArray(answer)) return answer.flatMap(linesIn);
  if (!isRecord(answer)) return [];
  if (Array.isArray(answer.usage)) return answer.usage;
  const inner = answer.usage ?? answer.data ?? answer.attributes;
  return inner === undefined ? [answer] : linesIn(inner);
}
