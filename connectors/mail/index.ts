import { InvalidInput, NeedsHuman, Retryable } from '../../pipeline/errors.ts';
import type { Delivery, Mailer, RecipientOutcome } from '../../pipeline/ports/mail.ts';
import { compose } from './message.ts';
import { oneLine, transact, type Refusal, type SmtpError, type SmtpPatience, type Transaction } from './transaction.ts';
import type { SmtpServer } from './url.ts';

export { readSmtpUrl, type SmtpServer } from './url.ts';

export type MailOptions = {
  /** See `readSmtpUrl`. */
  readonly server: SmtpServer;
  /** `leadops@agency.example`, or with a name: `LeadOps <leadops@agency.example>`. */
  readonly from: string;
  readonly patience?: SmtpPatience;
};

/** After the end of a message RFC 5321 (4.5.3.2.6) allows a server ten minutes. */
const usual: SmtpPatience = { greeting: 30_000, answer: 600_000 };

/** Mail over SMTP behind its port. */
export function makeMailer({ server, from, patience = usual }: MailOptions): Mailer {
  return {
    async send(mail) {
      const message = await compose(mail, from);
      return deliveryOf(message.envelope.to, await transact(server, message, patience));
    },
  };
}

function deliveryOf(to: readonly string[], transaction: Transaction): Delivery {
  const refused = new Map(transaction.refused.map((refusal) => [refusal.address.toLowerCase(), refusal]));
  const each = (outcome: RecipientOutcome, reply: string): Delivery => ({
    recipients: to.map((address) => {
      const refusal = refused.get(address);
      return refusal
        ? { address, outcome: outcomeOf(refusal.code), reply: refusal.reply }
        : { address, outcome, reply };
    }),
  });
  if (transaction.done) return each('accepted', transaction.reply);
  const { stage, error } = transaction;
  if (stage === 'handed over') {
    // The server had the whole message and refused it, so nobody gets it. No answer at all would mean "maybe".
    return error.responseCode > 0 ? each(outcomeOf(error.responseCode), oneLine(error.response)) : each('maybe', '');
  }
  // If the sender is refused nobody gets the mail, and the recipients are not to blame.
  if (error.command === 'MAIL FROM' && error.code === 'EENVELOPE') throw failure(stage, error);
  if (refused.size === to.length) return each('refused', '');
  if (error.command === 'DATA') return each(outcomeOf(error.responseCode), oneLine(error.response));
  if (error.code === 'EMESSAGE') return each('refused', oneLine(error.message));
  throw failure(stage, error);
}

/** RFC 5321: 5yz never, 4yz not now. */
function outcomeOf(code: Refusal['code']): RecipientOutcome {
  return code >= 500 ? 'refused' : 'temporary';
}

/** What ended the transaction before the message: nothing was sent to anybody. */
function failure(stage: 'greeting' | 'sign-in' | 'envelope', error: SmtpError): Error {
  const { code, responseCode } = error;
  const said = error.response === '' ? '' : `: ${oneLine(error.response)}`;
  const nothing = 'no mail was sent';
  if (code === 'ETLS' || /STARTTLS|certificate/i.test(error.message)) {
    return new InvalidInput(`The mail server's encryption cannot be used${tlsReason(error)}; ${nothing}`, {
      todo: 'On port 587 the server must offer STARTTLS with a valid certificate (a private one: NODE_EXTRA_CA_CERTS).',
    });
  }
  if (responseCode >= 500) {
    if (stage === 'sign-in') {
      return new NeedsHuman('AUTH', `The mail server refuses the login (${responseCode}); ${nothing}`, {
        todo: 'Correct user and password in SMTP_URL.',
      });
    }
    return new InvalidInput(`The mail server will not take mail from us${said}; ${nothing}`, {
      todo: 'Check SMTP_URL and MAIL_FROM with whoever runs the mail server.',
    });
  }
  if (responseCode >= 400) {
    return new Retryable('RATE_LIMITED', `The mail server asks to come back later${said}; ${nothing}`);
  }
  if (stage === 'sign-in' && code === 'EAUTH') {
    return new NeedsHuman('AUTH', `The mail server offers no way to sign in that we know; ${nothing}`, {
      todo: 'Check SMTP_URL with whoever runs the mail server.',
    });
  }
  const kind = code === 'ETIMEDOUT' ? 'TIMEOUT' : 'NETWORK';
  const what = kind === 'TIMEOUT' ? 'did not answer in time' : 'could not be reached, or hung up';
  return new Retryable(kind, `The mail server ${what} (${code === '' ? 'unknown' : code}, ${stage}); ${nothing}`);
}

/** Words of the TLS library and of nodemailer: no secret in them. */
function tlsReason({ message }: SmtpError): string {
  return message === '' ? '' : ` (${oneLine(message)})`;
}
