import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { csvFiles } from '../../connectors/csv/index.ts';
import { booksOf } from '../../pipeline/judge/books.ts';
import { judgeAll } from '../../pipeline/judge/all.ts';
import { atOnce } from '../../pipeline/turns.ts';
import { normaliseRow } from '../../pipeline/normalise/row.ts';
import type { Month, Zip } from '../../pipeline/vocabulary.ts';

const file = fileURLToPath(new URL('../fixtures/leads-50.csv', import.meta.url));

test('the fixture of 50 realistic leads is read whole, and every row finds its one state', async () => {
  const { leads, unreadable, rows, headerStyle, dropped } = await csvFiles.readExport(file);
  expect({ rows, headerStyle, dropped }).toEqual({ rows: 50, headerStyle: '23 columns', dropped: ['Race'] });
  const judged = atOnce(
    judgeAll(
      [...leads.map(({ fields }) => ({ lead: normaliseRow(fields) })), ...unreadable.map(() => ({ lead: null }))],
      {
        renewalMonth: '2027-03' as Month,
        askedZips: new Set(['75035', '75013', '74133', '75070'] as Zip[]), // the fixture's own
        homeValueLimit: 900_000,
      },
      new Map(),
    ),
  );
  expect(booksOf(judged)).toEqual({
    unverified: 32,
    duplicate: 1,
    high_net_worth: 2,
    // Three lines are broken; two of them can be mended.
    'quarantined: unreadable': 1,
    'rejected: email': 3,
    'rejected: head_household': 7,
    'rejected: home_value': 1,
    'rejected: home_value_missing': 2,
    'rejected: name': 1,
  });
});
