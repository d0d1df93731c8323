import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { z } from 'zod';
import { cut, quotable } from '../../pipeline/scrub.ts';
import type { Message } from './message.ts';
import type { SmtpServer } from './url.ts';

/** How long the server may take, milliseconds. */
export type SmtpPatience = {
  /** To be reached and to greet. */
  readonly greeting: number;
  /** For each answer after that. */
  readonly answer: number;
};

/** What the server said to a recipient that it did not take. */
export type Refusal = { readonly address: string; readonly code: number; readonly reply: string };

/** How far the transaction came before it failed. */
type Stage = 'greeting' | 'sign-in' | 'envelope' | 'handed over';

export type Transaction =
  | { readonly done: true; readonly reply: string; readonly refused: readonly Refusal[] }
  | {
      readonly done: false;
      readonly stage: Stage;
      readonly error: SmtpError;
      /** Recipients refused before it failed. */
      readonly refused: readonly Refusal[];
    };

/** nodemailer's errors, as far as we read them. */
const Error_ = z.object({
  message: z.string().catch(''),
  code: z.string().catch(''),
  command: z.string().catch(''),
  response: z.string().catch(''),
  responseCode: z.number().catch(0),
  recipient: z.string().catch(''),
});
export type SmtpError = z.output<typeof Error_>;

const Refusals = z.object({ rejectedErrors: z.array(z.unknown()) }).catch({ rejectedErrors: [] });

/**
 * One mail in one transaction over one connection, which is closed afterwards. Never throws, never tries again.
 *
 * nodemailer's own transport hides how far it came when a connection dies; whether the message had been handed over by
 * then decides whether anybody may have got it. So its connection is used directly.
 */
export async function transact(
  server: SmtpServer,
  { envelope, content }: Message,
  patience: SmtpPatience,
): Promise<Transaction> {
  const connection = new SMTPConnection({
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: server.requireTls,
    tls: { rejectUnauthorized: !server.anyCertificate },
    connectionTimeout: patience.greeting,
    greetingTimeout: patience.greeting,
    dnsTimeout: patience.greeting,
    socketTimeout: patience.answer,
  });
  // Errors between two steps and after the last one would otherwise have no listener and end the process.
  connection.on('error', () => undefined);
  const source = Readable.from([content]);
  let stage: Stage = 'greeting';
  // The last of it is read after the server asked for it (354) and before the final dot leaves.
  source.once('end', () => (stage = 'handed over'));
  try {
    await called(connection, (done) => connection.connect(done));
    if (server.auth && connection.allowsAuth) {
      stage = 'sign-in';
      const { user, pass } = server.auth;
      await called(connection, (done) => connection.login({ credentials: { user, pass } }, done));
    }
    stage = 'envelope';
    const sent = await new Promise<{ response: string; rejectedErrors?: unknown[] | undefined }>((resolve, reject) => {
      connection.once('error', reject);
      connection.send({ from: envelope.from, to: [...envelope.to] }, source, (error, info) =>
        error ? reject(error) : resolve(info),
      );
    });
    connection.quit();
    return { done: true, reply: oneLine(sent.response), refused: (sent.rejectedErrors ?? []).map(refusalOf) };
  } catch (error) {
    const read = Error_.parse(error);
    // Of a connection that died nodemailer reports no recipients; what it had noted is not in its documentation. Where it
    // is not there either, nobody counts as refused.
    const noted = Refusals.parse(Reflect.get(connection, '_envelope'));
    connection.close();
    return { done: false, stage, error: read, refused: noted.rejectedErrors.map(refusalOf) };
  } finally {
    source.destroy();
  }
}

/** A step of the connection; it may also end with the connection's `error` event. */
function called(connection: SMTPConnection, step: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject);
    step((error) => {
      connection.removeListener('error', reject);
      if (error) reject(error);
      else resolve();
    });
  });
}

function refusalOf(error: unknown): Refusal {
  const { recipient, response, responseCode } = Error_.parse(error);
  return { address: recipient, code: responseCode, reply: oneLine(response) };
}

/** A server's words for a person: one line of reasonable length, without the addresses that servers like to quote. */
export function oneLine(reply: string): string {
  return quotable(reply.replace(/<[^<>\s]*@[^<>\s]*>/g, `<${cut}>`));
}
