import express, { type Express } from 'express';
import { control, serve, type StandIn } from '../kit.ts';
import { MailFault, noFaults, type MailFaults } from './faults.ts';
import { makeInbox } from './inbox.ts';
import { mailPage, notFoundPage } from './page.ts';
import { startSmtp } from './smtp.ts';

export type { MailFaults } from './faults.ts';
export type { MailStats } from './inbox.ts';

export type MailOptions = {
  /** Of the page and what stands beside it (`/_control`); 0 (the default) takes a free one. */
  readonly port?: number;
  /** Of the mail server itself. */
  readonly smtpPort?: number;
  /** Without one anybody may send. */
  readonly login?: { readonly user: string; readonly pass: string };
  /** Epoch milliseconds: when a mail came. The machine's clock by default. */
  readonly now?: () => number;
};

export type MailStandIn = StandIn & {
  /** `smtp://127.0.0.1:<port>`, with the login where there is one: fit for SMTP_URL. */
  readonly smtpUrl: string;
};

/** A mail server with a page that shows what it took. */
export async function startMail(options: MailOptions = {}): Promise<MailStandIn> {
  const { login = null, now = Date.now } = options;
  const inbox = makeInbox(now);
  let faults: MailFaults = { ...noFaults };
  const smtp = await startSmtp({ port: options.smtpPort ?? 0, login, inbox, faults: () => faults });

  const app: Express = express();
  app.disable('x-powered-by');
  control(app, {
    stats: () => inbox.stats(),
    fault: (patch) => {
      faults = { ...faults, ...MailFault.partial().parse(patch) };
    },
    reset: () => {
      faults = { ...noFaults };
      inbox.reset();
      smtp.hangUp();
    },
  });
  app.get(['/', '/mails/:number'], (request, response) => {
    const mails = inbox.mails();
    const wanted = request.params.number;
    const shown = wanted === undefined ? mails[0] : mails.find(({ number }) => String(number) === wanted);
    if (wanted !== undefined && !shown) return void response.status(404).type('html').send(notFoundPage());
    response.type('html').send(mailPage(mails, shown));
  });
  app.get('/mails/:number/attachments/:place', (request, response) => {
    const mail = inbox.mails().find(({ number }) => String(number) === request.params.number);
    const attachment = mail?.attachments[Number(request.params.place)];
    if (!attachment) return void response.status(404).type('html').send(notFoundPage());
    response.attachment(attachment.name).type(attachment.type).send(attachment.content);
  });
  const standIn = await serve('mail', app, options.port);
  const who = login ? `${encodeURIComponent(login.user)}:${encodeURIComponent(login.pass)}@` : '';
  return {
    name: standIn.name,
    url: standIn.url,
    smtpUrl: `smtp://${who}127.0.0.1:${smtp.port}`,
    async close() {
      await Promise.all([smtp.close(), standIn.close()]);
    },
  };
}
