import { describe, expect, test } from '@jest/globals';
import type { Call } from '../fixtures/pages/server.ts';
import { bisonOf, campaignRef, heard, listRef, wanted } from './bison-api-stand.ts';
import { lakeside, listName } from './bison-stand.ts';

describe('when Bison says no, or nothing', () => {
  const answerWith =
    (status: number, body: unknown, headers: Record<string, string> = {}) =>
    (call: Call) => {
      call.response.writeHead(status, headers);
      call.response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
  const attachTo = (answer: (call: Call) => unknown) =>
    bisonOf({ 'POST /campaigns/41/leads/attach-lead-list': answer });

  test.each<[string, (call: Call) => unknown, object]>([
    [
      '429 with the wait in its body',
      answerWith(429, { error: 'rate_limited', retry_after: 8 }),
      { name: 'Retryable', kind: 'RATE_LIMITED', retryAfterMs: 8_000 },
    ],
    [
      '429 with the wait in its header',
      answerWith(429, '', { 'retry-after': '30' }),
      { name: 'Retryable', kind: 'RATE_LIMITED', retryAfterMs: 30_000 },
    ],
    ['503', answerWith(503, '<html>down</html>'), { name: 'Retryable', kind: '5XX' }],
    ['a connection that drops', (call) => call.request.socket.destroy(), { name: 'Retryable', kind: 'NETWORK' }],
    [
      'an answer that breaks off',
      (call) => {
        call.response.writeHead(200, { 'content-length': '100' }).write('{');
        setImmediate(() => call.request.socket.destroy());
      },
      { name: 'Retryable', kind: 'NETWORK' },
    ],
    ['401', answerWith(401, { message: 'Unauthenticated.' }), { name: 'NeedsHuman', need: 'AUTH' }],
    [
      'a redirect to the sign-in page',
      answerWith(302, '', { location: 'https://bison.example/login' }),
      { name: 'NeedsHuman', need: 'AUTH' },
    ],
    [
      'a redirect elsewhere',
      answerWith(301, '', { location: 'https://www.bison.example/' }),
      { name: 'NeedsHuman', need: 'CHECK' },
    ],
    ['a web page', answerWith(200, '<html>Welcome</html>'), { name: 'DataMismatch' }],
    ['"success": false', () => ({ data: { success: false, message: 'The list is empty.' } }), { name: 'InvalidInput' }],
  ])('an act that is answered with %s is tried once', async (_name, answer, error) => {
    const port = await attachTo(answer);
    await expect(port.attach(lakeside, campaignRef, listRef)).rejects.toMatchObject(error);
    expect(heard.asked).toHaveLength(1);
  });

  test.each<[string, unknown, string]>([
    [
      'by field',
      {
        message: 'The given data was invalid. (and 1 more error)',
        errors: { name: ['The name is taken.'], csv: ['Too large.'] },
      },
      '"The given data was invalid. The name is taken. Too large."',
    ],
    [
      'in its data',
      { data: { success: false, message: 'No leads were added because they are in other sequences.' } },
      'in other sequences',
    ],
    ['as one word', { error: 'unprocessable' }, '"unprocessable"'],
    ['about a person', { message: 'ann.lowe@home.example.org is already taken' }, '"••• is already taken"'],
  ])('422 comes back in the vendor’s words, told %s', async (_name, body, words) => {
    const port = await attachTo(answerWith(422, body));
    const refused = port.attach(lakeside, campaignRef, listRef);
    await expect(refused).rejects.toThrow(words);
    await expect(refused).rejects.toMatchObject({ name: 'InvalidInput' });
  });

  test('a read is tried again, and waits as long as it is told to', async () => {
    let calls = 0;
    const port = await bisonOf({
      'GET /lead-lists': (call) => {
        calls += 1;
        if (calls === 1) return answerWith(429, { retry_after: 0 })(call);
        if (calls === 2) return answerWith(502, 'Bad gateway')(call);
        return { data: [wanted] };
      },
    });
    expect(await port.findLists(lakeside, listName)).toHaveLength(1);
    expect(calls).toBeGreaterThanOrEqual(3);
  });

  test('a read that never succeeds ends after four tries', async () => {
    const port = await bisonOf({ 'GET /lead-lists': answerWith(500, { message: 'Server Error' }) });
    await expect(port.findLists(lakeside, listName)).rejects.toMatchObject({ name: 'Retryable', kind: '5XX' });
    expect(heard.asked).toHaveLength(4);
  });
});
