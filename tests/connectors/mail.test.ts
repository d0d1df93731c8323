import { afterEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { makeMailer, readSmtpUrl, type MailOptions, type SmtpServer } from '../../connectors/mail/index.ts';
import { writeCsv } from '../../connectors/csv/write.ts';
import { InvalidInput, NeedsHuman, Retryable } from '../../pipeline/errors.ts';
import { batchMessageId } from '../../pipeline/intent/batch-id.ts';
import { diallerColumns } from '../../pipeline/intent/dialler-columns.ts';
import { isDelivered, isMaybeSent, toTryAgain, type Mail } from '../../pipeline/ports/mail.ts';
import {
  startMail,
  type MailFaults,
  type MailOptions as StandInOptions,
  type MailStats,
} from '../../sandbox/mail/index.ts';

let closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.map((close) => close()));
  closing = [];
});

const csv = Buffer.from(writeCsv(diallerColumns, [diallerColumns.map((column) => `é ${column}`)]));

const mail: Mail = {
  messageId: batchMessageId('HADES-20261123-001', 'agency.example'),
  to: ['ann@agency.example', 'bob@agency.example'],
  subject: 'Intent leads HADES-20261123-001: 3 leads',
  text: '25 signals for Vending Machines.\n.\nA dot on a line of its own stays.\n',
  html: '<p>25 signals</p>',
  attachments: [{ name: 'HADES-20261123-001.csv', type: 'text/csv', content: csv }],
};

/** The stand-in mail server and a mailer that talks to it. */
async function startMailer(
  standIn: StandInOptions = {},
  server: Partial<SmtpServer> = {},
  options: Partial<MailOptions> = {},
) {
  const inbox = await startMail(standIn);
  closing.push(() => inbox.close());
  const mailer = makeMailer({
    server: { ...readSmtpUrl(inbox.smtpUrl), ...server },
    from: 'LeadOps <leadops@agency.example>',
    patience: { greeting: 60_000, answer: 60_000 },
    ...options,
  });
  return {
    send: (parts: Partial<Mail> = {}) => mailer.send({ ...mail, ...parts }),
    fault: (patch: Partial<MailFaults>) =>
      fetch(`${inbox.url}/_control/fault`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(patch),
      }),
    stats: async () => (await (await fetch(`${inbox.url}/_control/stats`)).json()) as MailStats,
    inbox,
  };
}

async function refusal(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('it was not refused');
    },
    (error: unknown) => error,
  );
}

const outcomes = (delivery: Awaited<ReturnType<Awaited<ReturnType<typeof startMailer>>['send']>>) =>
  delivery.recipients.map(({ address, outcome }) => [address, outcome]);

describe('a mail that is taken', () => {
  test('goes to all in one transaction, with its Message-ID and its file as they were given', async () => {
    const { send, stats } = await startMailer();
    const delivery = await send();
    expect(delivery).toEqual({
      recipients: [
        { address: 'ann@agency.example', outcome: 'accepted', reply: '250 OK: taken' },
        { address: 'bob@agency.example', outcome: 'accepted', reply: '250 OK: taken' },
      ],
    });
    expect([isDelivered(delivery), isMaybeSent(delivery), toTryAgain(delivery)]).toEqual([true, false, []]);
    expect(await stats()).toMatchObject({
      accepted: 1,
      connections: 1,
      byRecipient: { 'ann@agency.example': 1, 'bob@agency.example': 1 },
      byMessageId: { '<hades-20261123-001@agency.example>': 1 },
      mails: [
        {
          sender: 'leadops@agency.example',
          from: 'LeadOps <leadops@agency.example>',
          subject: mail.subject,
          encrypted: true,
          attachments: [
            {
              name: 'HADES-20261123-001.csv',
              type: 'text/csv',
              bytes: csv.length,
              sha256: createHash('sha256').update(csv).digest('hex'),
            },
          ],
        },
      ],
    });
  });

  test('its text arrives as it was, dots on lines of their own too', async () => {
    const { send, inbox } = await startMailer();
    await send({ html: undefined });
    const page = await (await fetch(inbox.url)).text();
    expect(page).toContain('25 signals for Vending Machines.\n.\nA dot on a line of its own stays.');
  });

  test('sent again it is the same mail to whoever looks at Message-IDs', async () => {
    const { send, stats } = await startMailer();
    await send();
    await send();
    expect((await stats()).byMessageId).toEqual({ '<hades-20261123-001@agency.example>': 2 });
  });

  test('an address that is there twice gets it once', async () => {
    const { send, stats } = await startMailer();
    const delivery = await send({ to: ['ann@agency.example', 'Ann@Agency.example'] });
    expect(outcomes(delivery)).toEqual([['ann@agency.example', 'accepted']]);
    expect((await stats()).byRecipient).toEqual({ 'ann@agency.example': 1 });
  });

  test('a login with strange characters in it signs in', async () => {
    const { send, stats } = await startMailer({ login: { user: 'leadops@agency.example', pass: 'p@ss:/?#%1' } });
    expect(isDelivered(await send())).toBe(true);
    expect((await stats()).refused).toEqual({});
  });
});

describe('recipients have outcomes of their own', () => {
  test('one is refused, the other gets it', async () => {
    const { send, fault, stats } = await startMailer();
    await fault({ refuse: { 'bob@agency.example': 550 } });
    const delivery = await send();
    expect(delivery.recipients).toEqual([
      { address: 'ann@agency.example', outcome: 'accepted', reply: '250 OK: taken' },
      { address: 'bob@agency.example', outcome: 'refused', reply: '550 No such mailbox here' },
    ]);
    expect(isDelivered(delivery)).toBe(false);
    expect((await stats()).byRecipient).toEqual({ 'ann@agency.example': 1 });
  });

  test('one is to come back for: a second sending to that one alone completes it and doubles nothing', async () => {
    const { send, fault, stats } = await startMailer();
    await fault({ refuse: { 'bob@agency.example': 450 } });
    const delivery = await send();
    expect(toTryAgain(delivery)).toEqual(['bob@agency.example']);
    await fault({ refuse: {} });
    expect(isDelivered(await send({ to: toTryAgain(delivery) }))).toBe(true);
    expect((await stats()).byRecipient).toEqual({ 'ann@agency.example': 1, 'bob@agency.example': 1 });
  });

  test('all are refused: nobody gets it, and each knows why', async () => {
    const { send, fault, stats } = await startMailer();
    await fault({ refuse: { 'ann@agency.example': 550, 'bob@agency.example': 450 } });
    expect(outcomes(await send())).toEqual([
      ['ann@agency.example', 'refused'],
      ['bob@agency.example', 'temporary'],
    ]);
    expect((await stats()).accepted).toBe(0);
  });

  test.each([
    [554, 'refused'],
    [451, 'temporary'],
  ])('a message answered with %i is %s for everybody', async (rejectMessage, outcome) => {
    const { send, fault, stats } = await startMailer();
    await fault({ rejectMessage });
    const delivery = await send();
    expect(outcomes(delivery)).toEqual([
      ['ann@agency.example', outcome],
      ['bob@agency.example', outcome],
    ]);
    expect(delivery.recipients[0]?.reply).toBe(`${rejectMessage} Message not taken`);
    expect((await stats()).accepted).toBe(0);
  });
});

describe('the end of a message without an answer', () => {
  test.each([
    ['closeAfterData', 60_000],
    ['hangAfterData', 1_500],
  ] as const)('%s: maybe sent, and never sent twice', async (name, answer) => {
    const { send, fault, stats } = await startMailer({}, {}, { patience: { greeting: 60_000, answer } });
    await fault({ [name]: 1 });
    const delivery = await send();
    expect(outcomes(delivery)).toEqual([
      ['ann@agency.example', 'maybe'],
      ['bob@agency.example', 'maybe'],
    ]);
    expect([isDelivered(delivery), isMaybeSent(delivery), toTryAgain(delivery)]).toEqual([false, true, []]);
    // The server has it: whoever sent it again would have sent it twice.
    expect(await stats()).toMatchObject({ accepted: 1, unanswered: 1, connections: 1 });
  });

  test('a recipient refused before is refused, not maybe', async () => {
    const { send, fault } = await startMailer();
    await fault({ closeAfterData: 1, refuse: { 'bob@agency.example': 550 } });
    expect(outcomes(await send())).toEqual([
      ['ann@agency.example', 'maybe'],
      ['bob@agency.example', 'refused'],
    ]);
  });
});

describe('before the message nothing was sent, and the error says so', () => {
  test('a connection that is cut at the first recipient', async () => {
    const { send, fault, stats } = await startMailer();
    await fault({ closeBeforeData: 1 });
    const error = await refusal(send());
    expect(error).toBeInstanceOf(Retryable);
    expect(error).toMatchObject({ kind: 'NETWORK', message: expect.stringContaining('no mail was sent') });
    expect(await stats()).toMatchObject({ accepted: 0, connections: 1 });
  });

  test('a server that is busy', async () => {
    const { send, fault } = await startMailer();
    await fault({ busy: 1 });
    expect(await refusal(send())).toMatchObject({
      name: 'Retryable',
      message: expect.stringContaining('421 Too many connections'),
    });
  });

  test('a server that is not there', async () => {
    const { send, inbox } = await startMailer();
    closing = [];
    await inbox.close();
    expect(await refusal(send())).toMatchObject({ name: 'Retryable', kind: 'NETWORK' });
  });

  test('a server that does not greet', async () => {
    const silent = await silentServer();
    const { send } = await startMailer({}, { port: silent }, { patience: { greeting: 200, answer: 200 } });
    expect(await refusal(send())).toMatchObject({ name: 'Retryable', kind: 'TIMEOUT' });
  });

  test('a login that is refused is a person’s business, and the password stays out of it', async () => {
    const { send, fault, stats } = await startMailer({ login: { user: 'leadops', pass: 'green-wren-64' } });
    await fault({ wrongLogin: true });
    const error = await refusal(send());
    expect(error).toBeInstanceOf(NeedsHuman);
    expect(error).toMatchObject({ need: 'AUTH' });
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('green-wren');
    expect(await stats()).toMatchObject({ accepted: 0, refused: { login: 1 } });
  });

  test('a sender that is refused', async () => {
    const { send, fault } = await startMailer();
    await fault({ refuseSender: true });
    const error = await refusal(send());
    expect(error).toBeInstanceOf(InvalidInput);
    expect(error).toMatchObject({ message: expect.stringContaining('550 Sender not allowed') });
  });
});

describe('encryption', () => {
  test('where it is required and not offered, no mail and no password leaves', async () => {
    const { send, fault, stats } = await startMailer(
      { login: { user: 'leadops', pass: 'green-wren-64' } },
      { requireTls: true },
    );
    await fault({ tlsOff: true });
    const error = await refusal(send());
    expect(error).toBeInstanceOf(InvalidInput);
    expect(error).toMatchObject({ message: expect.stringContaining('encryption') });
    expect(await stats()).toMatchObject({ accepted: 0, refused: {} });
  });

  test('where it is required and offered, it is used', async () => {
    const { send, stats } = await startMailer({}, { requireTls: true });
    expect(isDelivered(await send())).toBe(true);
    expect((await stats()).mails[0]?.encrypted).toBe(true);
  });

  test('where it is not required and not offered, the mail goes in clear text', async () => {
    const { send, fault, stats } = await startMailer();
    await fault({ tlsOff: true });
    expect(isDelivered(await send())).toBe(true);
    expect((await stats()).mails[0]?.encrypted).toBe(false);
  });

  test('a certificate nobody vouches for is taken from this machine only', async () => {
    const { send, stats } = await startMailer({}, { anyCertificate: false });
    expect(await refusal(send())).toMatchObject({
      name: 'InvalidInput',
      message: expect.stringMatching(/encryption cannot be used .*certificate/),
    });
    expect((await stats()).accepted).toBe(0);
  });
});

describe('what cannot be sent is refused here', () => {
  test.each<[string, Partial<Mail>, string]>([
    ['no recipient', { to: [] }, 'no recipient'],
    [
      'a recipient that is none',
      { to: ['ann@agency.example', 'bob', 'x@'] },
      'Recipients 2, 3 are no e-mail address (of 3)',
    ],
    ['a second header in an address', { to: ['ann@agency.example\r\nBcc: eve@evil.example'] }, 'Recipient 1 is no'],
    ['a Message-ID that is none', { messageId: 'HADES-20261123-001' }, 'Message-ID'],
  ])('%s', async (_what, parts, words) => {
    const { send, stats } = await startMailer();
    const error = await refusal(send(parts));
    expect(error).toBeInstanceOf(InvalidInput);
    expect(error).toMatchObject({ message: expect.stringContaining(words) });
    expect((await stats()).connections).toBe(0);
  });

  test('a sender that is no address', async () => {
    const { send, stats } = await startMailer({}, {}, { from: 'LeadOps' });
    expect(await refusal(send())).toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining('MAIL_FROM'),
    });
    expect((await stats()).connections).toBe(0);
  });

  test('a subject with a line break in it makes no second header', async () => {
    const { send, stats } = await startMailer();
    await send({ subject: 'Leads\r\nBcc: eve@evil.example' });
    const { byRecipient, mails } = await stats();
    expect(Object.keys(byRecipient)).toEqual(['ann@agency.example', 'bob@agency.example']);
    expect(mails[0]?.subject).toBe('Leads Bcc: eve@evil.example');
  });
});

/** A port where somebody listens and says nothing. */
async function silentServer(): Promise<number> {
  const server: Server = createServer(() => undefined);
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  );
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
