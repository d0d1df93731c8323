import MailComposer from 'nodemailer/lib/mail-composer';
import { InvalidInput } from '../../pipeline/errors.ts';
import { emailAddress } from '../../pipeline/normalise/email.ts';
import type { Mail } from '../../pipeline/ports/mail.ts';

type Envelope = { readonly from: string; readonly to: readonly string[] };
export type Message = { readonly envelope: Envelope; readonly content: Buffer };

const messageId = /^<[^\s<>@]+@[^\s<>@]+>$/;

/**
 * The mail as it goes over the wire, and to whom; an address that is there twice is there once.
 * @param from `leadops@agency.example`, or with a name: `LeadOps <leadops@agency.example>`
 * @throws InvalidInput for a sender, a recipient or a Message-ID that is none; recipients by their place in the list
 */
export async function compose(mail: Mail, from: string): Promise<Message> {
  const to = recipients(mail.to);
  if (!messageId.test(mail.messageId)) {
    throw new InvalidInput('The Message-ID is not of the form <local@domain>; the mail was not sent');
  }
  const node = new MailComposer({
    from,
    to: [...to],
    messageId: mail.messageId,
    subject: mail.subject,
    text: mail.text,
    ...(mail.html !== undefined && { html: mail.html }),
    attachments: mail.attachments.map(({ name, type, content }) => ({ filename: name, contentType: type, content })),
    // RFC 3834: absent people's machines do not answer it.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  const sender = emailAddress(String(node.getEnvelope().from));
  if (sender === null) {
    throw new InvalidInput('MAIL_FROM holds no e-mail address; the mail was not sent', {
      todo: 'Set it to an address, or to a name with an address in angle brackets.',
    });
  }
  return { envelope: { from: sender, to }, content: await node.build() };
}

function recipients(addresses: readonly string[]): readonly string[] {
  if (addresses.length === 0) {
    throw new InvalidInput('The mail has no recipient and was not sent', { todo: 'Set EMAIL_RECIPIENTS.' });
  }
  const read = addresses.map(emailAddress);
  const wrong = read.flatMap((address, index) => (address === null ? [index + 1] : []));
  if (wrong.length > 0) {
    const which = wrong.length === 1 ? `Recipient ${wrong.join()} is` : `Recipients ${wrong.join(', ')} are`;
    throw new InvalidInput(`${which} no e-mail address (of ${addresses.length}); the mail was not sent to anybody`, {
      todo: 'Correct EMAIL_RECIPIENTS.',
    });
  }
  return [...new Set(read.filter((address) => address !== null))];
}
