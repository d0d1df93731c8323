import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { intentDefaults } from '../../pipeline/intent/config.ts';
import { funnelSentences, whyNoLeads } from '../../pipeline/intent/funnel-words.ts';
import { funnelDifference, funnelLines, leftAt, stages, type Funnel, type Loss } from '../../pipeline/intent/funnel.ts';

const funnel = (losses: Funnel['losses'] = {}, signals = 25, total = signals): Funnel => ({ total, signals, losses });

test('what is left after each step follows from what was lost', () => {
  const lines = funnelLines(funnel({ stale: 17, duplicates: 2, exportedBefore: 4, nobodyRecommended: 1 }));
  expect(lines.map(({ stage, unit, left }) => [stage, unit, left])).toEqual([
    ['signals', 'signals', 25],
    ['fresh', 'signals', 8],
    ['shortlisted', 'companies', 2],
    ['resolved', 'companies', 1],
    ['contacts', 'contacts', 1],
    ['leads', 'leads', 1],
  ]);
  expect(leftAt(funnel({ stale: 17 }), 'fresh')).toBe(8);
});

test('a dry run ends with what was shortlisted', () => {
  expect(funnelLines(funnel(), 'shortlisted').map(({ stage }) => stage)).toEqual(['signals', 'fresh', 'shortlisted']);
});

test('the books of a run balance, or the difference is named', () => {
  expect(funnelDifference(funnel({ stale: 22 }), 3)).toBeNull();
  expect(funnelDifference(funnel({ stale: 22 }), 2)).toBe('The funnel leaves 3 leads and 2 were made');
  expect(funnelDifference(funnel({ stale: 26 }), 0)).toContain('loses more than there was');
});

describe('in words', () => {
  test('each step that took something away is a sentence', () => {
    const day = funnel({ unreadable: 1, undated: 2, stale: 14, duplicates: 1, exportedBefore: 4, noContact: 1 });
    expect(funnelSentences(day, intentDefaults)).toEqual([
      '25 signals for Vending Machines, Breakroom Solutions, Coffee Services and Water Coolers.',
      '1 could not be read, 2 had no date and 14 were older than 14 days: 8 signals left.',
      '1 belonged to a company already counted and 4 were exported in the last 180 days: 3 companies left.',
      '1 had nobody of the wanted levels with a phone and an accuracy of 95 or more: 2 contacts left.',
    ]);
  });

  test('a search with more than the vendor shows says so', () => {
    expect(funnelSentences(funnel({}, 1000, 1234), intentDefaults)[0]).toMatch(
      /^1,000 signals for .+, of 1,234 that ZoomInfo has\.$/,
    );
  });

  test('one is one', () => {
    const day = funnel({ stale: 1, exportedBefore: 1 }, 3);
    expect(funnelSentences(day, intentDefaults).slice(1)).toEqual([
      '1 was older than 14 days: 2 signals left.',
      '1 was exported in the last 180 days: 1 company left.',
    ]);
  });
});

describe('a day with zero leads explains itself', () => {
  test.each<[string, Funnel, string]>([
    [
      'nothing found',
      funnel({}, 0),
      'No leads today: ZoomInfo has no signal of 75 or more for Vending Machines, Breakroom Solutions, Coffee Services ' +
        'and Water Coolers (50–5,000 employees).',
    ],
    ['all stale', funnel({ stale: 25 }), 'No leads today: of 25 signals, 25 were older than 14 days.'],
    [
      'all exported before',
      funnel({ stale: 22, exportedBefore: 3 }),
      'No leads today: of 3 signals, 3 were exported in the last 180 days.',
    ],
    [
      'nobody recommended',
      funnel({ stale: 24, nobodyRecommended: 1 }),
      'No leads today: of 1 company, 1 had no recommended contact to identify it by.',
    ],
    [
      'no contact',
      funnel({ stale: 20, exportedBefore: 3, noContact: 2 }),
      'No leads today: of 2 companies, 2 had nobody of the wanted levels with a phone and an accuracy of 95 or more.',
    ],
    [
      'nobody enriched',
      funnel({ stale: 24, notEnriched: 1 }),
      'No leads today: of 1 contact, 1 came back from ZoomInfo without a record.',
    ],
  ])('%s', (_why, day, words) => {
    expect(whyNoLeads(day, intentDefaults)).toBe(words);
  });

  test('a day with leads needs no excuse', () => {
    expect(whyNoLeads(funnel({ stale: 24 }), intentDefaults)).toBeNull();
  });

  test('whatever was lost on the way to nothing, the last loss is named', () => {
    const all = stages.flatMap(({ losses }) => losses as readonly Loss[]);
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.integer({ min: 1, max: 2000 }), (loss, signals) => {
        const words = whyNoLeads(funnel({ [loss]: signals }, signals), intentDefaults);
        expect(words).toMatch(/^No leads today: of .+, .+\.$/);
        expect(words).toContain(signals.toLocaleString('en-US'));
      }),
    );
  });
});
