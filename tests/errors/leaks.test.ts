import { Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { errors } from 'playwright';
import { parse } from 'yaml';
import { z } from 'zod';
import { NeedsHuman, Retryable } from '../../pipeline/errors.ts';
import { makeLog, type Log } from '../../src/log.ts';
import { explain } from '../../src/runs/outcome.ts';
import { troubleOf } from '../../src/slack/errors.ts';
import { may } from '../../src/store/db.ts';

/** A person of a lead list, and secrets, as they turn up in other people's errors. */
const markers = [
  'Quillon',
  'Marchbanks',
  'quillon.marchbanks@home.example',
  '(512) 555-0148',
  '+15125550148',
  '4417 Larkspur Lane',
  '03/14/1961',
  ['xoxb', '000000000000', 'quillonsecret'].join('-'),
  'Bearer q1w2e3r4t5y6u7i8o9p0',
  'hunter2hunter2',
] as const;
const [first, last, email, phone, e164, street, born, slackToken, bearer, password] = markers;

async function thrownBy(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** What others throw, each with people in it where its maker puts them. */
const foreign: readonly (readonly [string, () => unknown])[] = [
  [
    'Playwright, with a page in its call log',
    () => {
      throw new errors.TimeoutError(
        `locator.click: Timeout 15000ms exceeded.\nCall log:\n  - locator resolved to <td title="${email}">${first} ${last}, ${phone}, ${street}</td>\n    at ${first} (/${last}:1:1)`,
      );
    },
  ],
  [
    'PostgreSQL, with the row that it refuses',
    () =>
      may({
        data: null,
        status: 400,
        error: {
          code: '23514',
          message: 'new row for relation "raw_leads" violates check constraint "raw_leads_zip_check"',
          details: `Failing row contains (7, ${first}, ${last}, ${email}, ${e164}, ${street}, ${born}).`,
        },
      }),
  ],
  [
    'PostgreSQL, with a value that is no number',
    () =>
      may({
        data: null,
        status: 400,
        error: { code: '22P02', message: `invalid input syntax for type integer: "${first} ${last}"` },
      }),
  ],
  [
    'a database that is away, with the statement it was asked for',
    () =>
      may({
        data: null,
        status: 0,
        error: { message: `TypeError: fetch failed (http://127.0.0.1:1/raw_leads?email=eq.${email})`, details: last },
      }),
  ],
  [
    'zod, with the name of a field that a person chose',
    () => z.record(z.string(), z.number()).parse({ [email]: first }),
  ],
  ['JSON.parse, with the text', () => void JSON.parse(`${first} ${last}, ${email}`)],
  ['YAML, with the line', () => void parse(`a: "${first} ${last}\nb: ]`)],
  ['fetch, with a key in the address', () => fetch(`http://127.0.0.1:1/x?api_key=${password}&email=${email}`)],
  [
    'nodemailer, with the recipient',
    () => {
      throw Object.assign(new Error(`Can't send mail - all recipients were rejected: 550 <${email}> unknown`), {
        code: 'EENVELOPE',
        response: `550 <${email}> unknown`,
        rejected: [email],
      });
    },
  ],
  [
    'an error that another one caused',
    () => {
      throw new Retryable('NETWORK', 'it broke off', { cause: new Error(`${first} ${last} ${bearer}`) });
    },
  ],
  [
    'an error of ours into which a person got',
    () => {
      throw new NeedsHuman('CHECK', `Nobody answers at ${email}, ${phone} or ${e164} (${slackToken}, ${bearer})`, {
        facts: { list: `for ${email}` },
        todo: `Ask ${email}.`,
      });
    },
  ],
  [
    'something that is no error at all',
    () => new Promise((_, reject) => (reject as (reason: string) => void)(`${first} ${last}`)),
  ],
];

function leaks(text: string): string[] {
  return markers.filter((marker) => text.includes(marker) || text.includes(JSON.stringify(marker).slice(1, -1)));
}

function logTo(write: (log: Log) => void): string {
  const lines: string[] = [];
  const into = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString('utf8'));
      done();
    },
  });
  write(makeLog('trace', into));
  return lines.join('');
}

describe.each(foreign)('%s', (_, work) => {
  test('leaves no person and no secret in the log, as a field or by itself', async () => {
    const error = await thrownBy(work);
    const said = logTo((log) => {
      log.error({ err: error, step: 'export tx 1/4' }, 'run stopped');
      log.child({ run: 'r' }).warn({ deep: { deeper: { err: error } } }, 'trying again');
      if (error instanceof Error) log.error(error);
    });
    expect(leaks(said)).toEqual([]);
    expect(said).toContain('export tx 1/4');
  });

  test('leaves none in what the rows, the card and a person’s question say, and says what to do', async () => {
    const failure = explain(await thrownBy(work));
    expect(leaks(JSON.stringify(failure))).toEqual([]);
    expect(failure.message.length).toBeGreaterThan(10);
    expect(failure.todo).not.toBe('');
  });

  test('leaves none in what a message that did not get through says', async () => {
    expect(leaks(JSON.stringify(troubleOf(await thrownBy(work))))).toEqual([]);
  });
});

test('a line is cut however deep the person lies in it, and ids and counts pass', () => {
  const person = { first_name: first, lastName: last, email, cellPhone: phone, street_address: street };
  const run = '0f8fad5b-d9cb-469f-a165-70867728950e';
  const said = logTo((log) =>
    log.child({ run, secret: password }).info(
      {
        rows: [{ lead: { who: { person } } }],
        free: `call ${phone} or ${e164}, write to ${email}`,
        link: `https://user:${password}@hooks.example/x?token=${password}`,
        leads: 12_345,
        emails: 25,
        month: '2027-03',
        day: '2027-03-01',
        key: `evidence/${run}/cole-TX-failure-1790000000000.png`,
      },
      'asked %s',
      email,
    ),
  );
  expect(leaks(said)).toEqual([]);
  expect(JSON.parse(said)).toMatchObject({
    run,
    leads: 12_345,
    emails: 25,
    month: '2027-03',
    day: '2027-03-01',
    key: `evidence/${run}/cole-TX-failure-1790000000000.png`,
  });
});

test('what refused is still named: the constraint, the code and the place in our files', async () => {
  const refused = foreign.find(([name]) => name.includes('the row'))?.[1] ?? (() => undefined);
  const error = await thrownBy(refused);
  expect(explain(error).message).toContain('23514');
  expect(explain(error).message).toContain('constraint "raw_leads_zip_check"');
  expect(logTo((log) => log.error({ err: error }, 'x'))).toContain('src/store/db.ts:');
});
