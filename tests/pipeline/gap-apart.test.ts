import { expect, test } from '@jest/globals';
import { planGapApart } from '../../pipeline/gap/apart.ts';
import { planGap } from '../../pipeline/gap/plan.ts';
import type { GapInput } from '../../pipeline/gap/types.ts';
import { gapOfThousands } from '../bench/loop/gap.ts';

test('a gap is planned in a thread of its own as it would be here', async () => {
  const input = {
    ...gapOfThousands,
    candidates: gapOfThousands.candidates.slice(0, 300),
    rejected: new Set(['zip:70003']),
  };
  const plan = await planGapApart(input);
  expect(plan.marked.length).toBeGreaterThan(0);
  expect(plan).toEqual(await planGap(input));
});

test('what goes wrong in the thread is told', async () => {
  // What the type forbids, so that something goes wrong.
  await expect(planGapApart({ ...gapOfThousands, donors: undefined } as unknown as GapInput)).rejects.toThrow(
    'undefined',
  );
});

test('a run that is stopped does not wait for the solver', async () => {
  const stopping = new AbortController();
  const planned = planGapApart(gapOfThousands, stopping.signal);
  stopping.abort(new Error('the process is ending'));
  await expect(planned).rejects.toThrow('the process is ending');
  await expect(planGapApart(gapOfThousands, stopping.signal)).rejects.toThrow('the process is ending');
});
