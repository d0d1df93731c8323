import { expect, test } from '@jest/globals';
import { announcement } from '../../blocks/announcements.ts';
import { runCard } from '../../blocks/run-card.ts';
import { cardAdditions } from '../../blocks/uploads/card.ts';
import { evergreenCompleted, mondayCard, type Children } from '../../blocks/uploads/monday.ts';
import { windowsOf } from '../../pipeline/renewal.ts';
import type { EvergreenFacts, UploadFacts, WeeklyFacts } from '../../pipeline/uploads/facts.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import { checkBlocks } from '../../sandbox/slack/blocks/check.ts';
import { march } from '../support/bison.ts';
import { sampleRun } from '../support/samples.ts';

const now = new Date('2027-02-01T15:04:00Z');
const [window] = windowsOf(march);
const long = 'a reason that goes on and on '.repeat(20);

const upload: UploadFacts = {
  month: march,
  workspace: 'Lakeside Insurance Group',
  target: 15_000,
  cleaned: 12_000,
  reserve: 3,
  lists: windowsOf(march).map((one) => ({
    window: one,
    name: '(March 1st - 7th renewals)',
    part: 2,
    sent: 3_525,
    accepted: 3_500,
    note: long,
    fresh: true,
  })),
  suppressed: 4,
  asked: false,
  over: [window],
};
const evergreen: EvergreenFacts = {
  window,
  workspace: 'Lakeside Insurance Group',
  campaign: 'Evergreen, Last Upload: February 22–28',
  from: 'Evergreen, Last Upload: February 22–28',
  to: 'Evergreen, Last Upload: March 1–7',
  lists: [{ name: '(March 1st - 7th renewals)', people: 3_500 }],
  totalBefore: 40,
  totalAfter: 3_540,
  added: 3_500,
  kept: ['plain_text'],
  changed: [{ setting: 'open_tracking', was: true, is: false }],
  unconfirmed: ['reputation_building'],
  notes: [long],
};

function accepted(message: { text: string; blocks: readonly object[] }) {
  expect(checkBlocks(message.blocks, 'message')).toEqual([]);
  expect(message.text.length).toBeLessThanOrEqual(4_000);
}

test('the cards and messages of an upload and of a window fit, whatever they have to say', () => {
  const run = sampleRun({ status: 'success', workflow: 'upload', summary: { upload } });
  accepted(announcement({ kind: 'refined data uploaded', facts: upload }, run, 'Lakeside Insurance'));
  for (const one of [
    run,
    sampleRun({ status: 'success', workflow: 'upload', dryRun: true, summary: { upload } }),
    sampleRun({ status: 'success', workflow: 'evergreen', summary: { evergreen } }),
    sampleRun({ status: 'success', workflow: 'evergreen', dryRun: true, summary: { evergreen } }),
    sampleRun({ status: 'success', workflow: 'evergreen', summary: { evergreen, undone: { by: 'U1' } } }),
  ]) {
    accepted(runCard(one, 'Lakeside Insurance', now, [], cardAdditions(one)));
  }
});

test('a question with more answers than Slack has room for shows the first ones', () => {
  const choices = Array.from({ length: 12 }, (_, n) => ({ value: `campaign:${n}`, text: `${long} ${n}` }));
  const question = {
    id: 'q1',
    kind: 'choice',
    payload: { question: long, facts: [long, long, long, long, long, long], choices },
  } as const;
  accepted(runCard(sampleRun({ status: 'waiting', workflow: 'evergreen' }), 'Lakeside', now, [question]));
});

test('a Monday of eighty clients fits, and names whoever is not done', () => {
  const children = new Map<string, { run: ReturnType<typeof sampleRun>; channel: string }>();
  const clients = Array.from({ length: 80 }, (_, n) => {
    children.set(`e${n}`, {
      run: sampleRun(
        n % 2 === 0
          ? { status: 'success', workflow: 'evergreen', summary: { evergreen: { ...evergreen, notes: [`note ${n}`] } } }
          : { status: 'failed', workflow: 'evergreen', error: `broken ${n} ${long}`, summary: {} },
      ),
      channel: `C${n}`,
    });
    return { slug: `c${n}`, name: `Client & Sons ${n}`, uploads: [], windows: [{ window, run: `e${n}` }], notes: [] };
  });
  const facts: WeeklyFacts = { monday: '2027-02-01' as Day, due: window, clients, settled: true, preview: [] };
  const known: Children = children;
  accepted(mondayCard(sampleRun({ workflow: 'weekly', client: null, summary: { weekly: facts } }), known, now));
  const message = evergreenCompleted(facts, known);
  accepted(message);
  expect(message.text).toMatch(/^✅ Evergreen uploads completed: March 1–7 for/);
  expect(JSON.stringify(message.blocks)).toContain('*Client &amp; Sons 1*: March 1–7: broken 1');
});

test('a Monday without a window says so', () => {
  const facts: WeeklyFacts = { monday: '2027-02-22' as Day, due: null, clients: [], settled: true, preview: [] };
  expect(evergreenCompleted(facts, new Map()).text).toContain('No renewal window is due this Monday (2027-02-22).');
});
