import { afterEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { startMail, type MailOptions, type MailStandIn, type MailStats } from '../mail/index.ts';

let running: MailStandIn[] = [];
afterEach(async () => {
  await Promise.all(running.map((each) => each.close()));
  running = [];
});

const file = Buffer.from('Name,Notes\r\nAnn,"two\r\nlines"\r\nBob,<b>bold</b>\r\n');
const letter = {
  from: 'LeadOps <leadops@agency.example>',
  to: ['Ann@agency.example', 'bob@agency.example'],
  messageId: '<hades-20261123-001@agency.example>',
  subject: 'Leads <script>alert(1)</script>',
  text: 'Three leads.',
  attachments: [{ filename: 'leads.csv', contentType: 'text/csv', content: file }],
};

async function mailServer(options: MailOptions = {}) {
  const standIn = await startMail({ now: () => Date.parse('2026-11-23T12:00:00Z'), ...options });
  running.push(standIn);
  const { hostname, port, username, password } = new URL(standIn.smtpUrl);
  const client = (more: Record<string, unknown> = {}) =>
    createTransport({
      host: hostname,
      port: Number(port),
      tls: { rejectUnauthorized: false },
      ...(username !== '' && { auth: { user: username, pass: decodeURIComponent(password) } }),
      ...more,
    });
  return {
    url: standIn.url,
    send: (parts: Partial<typeof letter> = {}, more: Record<string, unknown> = {}) =>
      client(more).sendMail({ ...letter, ...parts }),
    fault: (patch: unknown) =>
      fetch(`${standIn.url}/_control/fault`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(patch),
      }),
    reset: () => fetch(`${standIn.url}/_control/reset`, { method: 'POST' }),
    stats: async () => (await (await fetch(`${standIn.url}/_control/stats`)).json()) as MailStats,
    page: async (path = '/') => (await fetch(`${standIn.url}${path}`)).text(),
  };
}

test('a mail is counted by recipient and Message-ID, with the sum of its file', async () => {
  const { send, stats } = await mailServer();
  await send();
  await send({ to: ['bob@agency.example'] });
  expect(await stats()).toEqual({
    accepted: 2,
    unanswered: 0,
    byRecipient: { 'ann@agency.example': 1, 'bob@agency.example': 2 },
    byMessageId: { '<hades-20261123-001@agency.example>': 2 },
    refused: {},
    connections: 2,
    mails: [1, 2].map((number) => ({
      number,
      at: '2026-11-23T12:00:00.000Z',
      messageId: letter.messageId,
      from: letter.from,
      sender: 'leadops@agency.example',
      recipients: number === 1 ? ['ann@agency.example', 'bob@agency.example'] : ['bob@agency.example'],
      subject: letter.subject,
      encrypted: true,
      answered: true,
      attachments: [
        {
          name: 'leads.csv',
          type: 'text/csv',
          bytes: file.length,
          sha256: createHash('sha256').update(file).digest('hex'),
        },
      ],
    })),
  });
});

test('with a login only who has it may send', async () => {
  const { send, stats } = await mailServer({ login: { user: 'leadops', pass: 'green wren/64' } });
  await send();
  await expect(send({}, { auth: { user: 'leadops', pass: 'other' } })).rejects.toMatchObject({ responseCode: 535 });
  await expect(send({}, { auth: undefined })).rejects.toMatchObject({ responseCode: 530 });
  expect(await stats()).toMatchObject({ accepted: 1, refused: { login: 1 } });
});

describe('faults', () => {
  test.each<[string, unknown, unknown]>([
    [
      'a recipient for good',
      { refuse: { 'ann@agency.example': 550, 'BOB@agency.example': 550 } },
      { responseCode: 550 },
    ],
    [
      'a recipient for now',
      { refuse: { 'ann@agency.example': 450, 'bob@agency.example': 450 } },
      { responseCode: 450 },
    ],
    ['the message', { rejectMessage: 554 }, { responseCode: 554 }],
    ['the sender', { refuseSender: true }, { responseCode: 550 }],
    ['everybody for now', { busy: 1 }, { responseCode: 421 }],
    ['at the first recipient, by hanging up', { closeBeforeData: 1 }, { code: 'ECONNECTION' }],
    ['encryption', { tlsOff: true }, { code: 'ETLS' }],
  ])('it refuses %s, and takes nothing', async (_what, patch, refusal) => {
    const { send, fault, stats } = await mailServer();
    await fault(patch);
    await expect(send({}, { requireTLS: true })).rejects.toMatchObject(refusal as Record<string, unknown>);
    expect((await stats()).accepted).toBe(0);
  });

  test.each([
    ['hangAfterData', 'ETIMEDOUT'],
    ['closeAfterData', 'ECONNECTION'],
  ])('%s: the mail is taken and the sender not told', async (name, code) => {
    const { send, fault, stats, page } = await mailServer();
    await fault({ [name]: 1 });
    await expect(send({}, { socketTimeout: 1_500 })).rejects.toMatchObject({ code });
    expect(await stats()).toMatchObject({ accepted: 1, unanswered: 1 });
    expect(await page()).toContain('sender not told');
    await send();
    expect(await stats()).toMatchObject({ accepted: 2, unanswered: 1 });
  });

  test('hold until reset; an unknown one is refused', async () => {
    const { send, fault, reset, stats } = await mailServer();
    await fault({ rejectMessage: 554 });
    await expect(send()).rejects.toThrow();
    expect((await fault({ rejectMesage: 554 })).status).toBe(500);
    await reset();
    await send();
    expect(await stats()).toMatchObject({ accepted: 1, refused: {} });
  });
});

describe('the page', () => {
  test('says that nothing has come, then shows the newest mail and its file as a table', async () => {
    const { send, page } = await mailServer();
    expect(await page()).toContain('Nothing has come yet');
    await send({ subject: 'The first' });
    await send();
    const shown = await page();
    expect(shown).toContain('2 mails');
    expect(shown).toContain('<h1>Leads &lt;script&gt;alert(1)&lt;/script&gt;</h1>');
    expect(shown).not.toContain('<script>alert');
    expect(shown).toContain('<td>Ann</td><td>two\r\nlines</td>');
    expect(shown).toContain('<td>&lt;b&gt;bold&lt;/b&gt;</td>');
    expect(shown).toContain(createHash('sha256').update(file).digest('hex'));
    expect(await page('/mails/1')).toContain('<h1>The first</h1>');
  });

  test('lets the file be downloaded as it was sent', async () => {
    const { send, url } = await mailServer();
    await send();
    const response = await fetch(`${url}/mails/1/attachments/0`);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="?leads\.csv"?$/);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(file);
  });

  test('HTML of a mail stands in a frame where nothing runs', async () => {
    const { url } = await mailServer();
    const { smtpUrl } = running.at(-1) ?? { smtpUrl: '' };
    const { port } = new URL(smtpUrl);
    await createTransport({ host: '127.0.0.1', port: Number(port), tls: { rejectUnauthorized: false } }).sendMail({
      ...letter,
      html: '<p onclick="x()">Three "leads"</p>',
    });
    const shown = await (await fetch(url)).text();
    expect(shown).toContain('sandbox="allow-same-origin" srcdoc="&lt;p onclick=&quot;x()&quot;&gt;');
  });

  test.each(['/mails/7', '/mails/x', '/mails/1/attachments/3'])('%s is not there', async (path) => {
    const { send, url } = await mailServer();
    await send();
    expect((await fetch(`${url}${path}`)).status).toBe(404);
  });
});
