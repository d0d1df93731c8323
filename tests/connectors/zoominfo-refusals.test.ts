import { describe, expect, test } from '@jest/globals';
import { InvalidInput } from '../../pipeline/errors.ts';
import type { PersonId } from '../../pipeline/ports/zoominfo.ts';
import { contactQuery, foreign, query, refusal, saying, type Reply } from './zoominfo-stand.ts';

describe('refusals', () => {
  test.each<[string, Reply, string, RegExp]>([
    [
      '200 with a refusal in it',
      { body: { success: false, statusCode: 400, error: 'Criteria invalid: topics' } },
      'RequestRefused',
      /\(400\): Criteria invalid: topics\. It names topics/,
    ],
    [
      '422 in a list of errors',
      { status: 422, body: { errors: [{ title: 'Bad', detail: 'sicCodes is unknown' }] } },
      'RequestRefused',
      /Bad; sicCodes is unknown\. It names sicCodes/,
    ],
    [
      '400 that names nothing',
      { status: 400, body: 'Bad Request' },
      'RequestRefused',
      /Bad Request\. It names none of what we sent: topics, signalScoreMin/,
    ],
    ['400 as a page', { status: 400, body: '<html>no</html>' }, 'RequestRefused', /\(400\)\. It names none/],
    ['401 for good', { status: 401, body: {} }, 'NeedsHuman', /does not accept its own token/],
    ['402', { status: 402, body: { message: 'No credits left' } }, 'NeedsHuman', /\(402\): No credits left/],
    [
      '403',
      { status: 403, body: { message: 'Intent is not in your plan' } },
      'NeedsHuman',
      /\(403\): Intent is not in your plan/,
    ],
    ['404', { status: 404, body: 'Not Found' }, 'InvalidInput', /404 to \/search\/intent/],
  ])('%s', async (_what, reply, name, words) => {
    const { zoominfo } = await foreign(() => reply);
    expect(await refusal(zoominfo.searchIntent(query))).toMatchObject({ name, message: expect.stringMatching(words) });
  });

  test('what a refusal repeats of people, ids and tokens is cut out', async () => {
    const error =
      'contactAccuracyScoreMin bad for ann@acme.example, 1200000010, (214) 555-0142, eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJ6In0.sig';
    const { zoominfo } = await foreign(() => ({ status: 400, body: { error } }));
    const told = await refusal(zoominfo.searchContacts(contactQuery));
    expect(told).toMatchObject({ fields: ['contactAccuracyScoreMin'] });
    expect(String(told)).toContain('contactAccuracyScoreMin bad for •••');
    expect(String(told)).not.toMatch(/ann@|1200000010|555-0142|eyJ/);
  });

  test('a redirect is not followed, so that the token goes nowhere else', async () => {
    const elsewhere = await saying({ data: [] });
    const { zoominfo } = await foreign(() => ({
      status: 307,
      headers: { location: `${elsewhere.url}/search/intent` },
      body: '',
    }));
    expect(await refusal(zoominfo.searchIntent(query))).toBeInstanceOf(InvalidInput);
    expect(elsewhere.asked).toEqual([]);
  });

  test('429 is waited out for as long as the vendor says', async () => {
    let [refused, tooEarly] = [0, 0];
    const { zoominfo } = await foreign((_asked, before) => {
      if (before === 0) {
        refused = Date.now();
        return { status: 429, headers: { 'retry-after': '1' }, body: {} };
      }
      // A timer may be a hair early.
      if (Date.now() - refused < 990) tooEarly += 1;
      return { body: { limit: 100 } };
    });
    expect(await zoominfo.usage()).toMatchObject({ limit: 100 });
    expect(tooEarly).toBe(0);
  });

  test('a wait that is too long to sit out is left to the run, whether in seconds or as a moment', async () => {
    const clock = () => Date.parse('2026-11-23T12:00:00Z');
    for (const [header, retryAfterMs, exhausted] of [
      ['90', 90_000, false],
      ['Mon, 23 Nov 2026 12:03:00 GMT', 180_000, false],
      // Three of these would outlast a job on GitHub: said, not waited for.
      ['Mon, 23 Nov 2026 12:05:00 GMT', 300_000, true],
    ] as const) {
      const { zoominfo, asked } = await foreign(() => ({ status: 429, headers: { 'retry-after': header }, body: {} }), {
        clock,
      });
      expect(await refusal(zoominfo.enrichContacts(['1' as PersonId]))).toMatchObject({
        name: 'Retryable',
        kind: 'RATE_LIMITED',
        retryAfterMs,
        exhausted,
        message: expect.stringMatching(exhausted ? /left alone for 5 minutes/ : /fewer calls/),
      });
      expect(asked).toHaveLength(1);
    }
  });
});

describe('usage', () => {
  const line = { limitType: 'uniqueIdLimit', totalLimit: 12_000, currentUsage: '2,655', usageRemaining: 9345 };
  test.each<[string, unknown, unknown]>([
    [
      'a list',
      { usage: [{ limitType: 'requestLimit', totalLimit: 5 }, line] },
      { used: 2655, limit: 12_000, remaining: 9345 },
    ],
    ['JSON:API', { data: [{ attributes: { usage: [line] } }] }, { used: 2655, limit: 12_000, remaining: 9345 }],
    ['one line', { limit: 100, used: 40 }, { used: 40, limit: 100, remaining: null }],
    [
      'something else',
      { data: [{ limitType: 'a' }, { limitType: 'b' }] },
      { used: null, limit: null, remaining: null },
    ],
  ])('%s', async (_what, body, usage) => {
    const { zoominfo } = await saying(body);
    expect(await zoominfo.usage()).toEqual(usage);
  });
});
