import type { GapInput } from '../../../pipeline/gap/types.ts';
import type { Zip } from '../../../pipeline/vocabulary.ts';

/** A made-up state with 2,000 ZIPs to choose from, and 9,000 leads missing. The same at every call. */
export const gapOfThousands: GapInput = {
  target: 15_000,
  cleaned: 6_000,
  unverified: 0,
  safeToSend: { safe: 8_000, checked: 12_000 },
  pulled: Array.from({ length: 40 }, (_, index) => ({
    zip: zipNo(90_000 + index),
    state: 'TX',
    homes: 3_000 + ((index * 977) % 4_000),
    cleaned: 100 + ((index * 37) % 90),
  })),
  candidates: Array.from({ length: 2_000 }, (_, index) => ({
    zip: zipNo(70_000 + index),
    state: 'TX',
    homes: 500 + ((index * 7_919) % 9_000),
    miles: 11 + ((index * 104_729) % 5_000) / 10,
    preApproved: false,
    kind: 'licensed' as const,
  })),
  donors: [],
  relax: [],
  rejected: new Set(),
};

function zipNo(number: number): Zip {
  return String(number) as Zip; // five digits
}
