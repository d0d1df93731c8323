import { createHash } from 'node:crypto';
import PostalMime, { type Email } from 'postal-mime';

/** One attachment of a mail. */
export type KeptAttachment = {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly content: Buffer;
};

/** A mail that was taken, for the recipients it was taken for. */
export type KeptMail = {
  /** From 1, in the order they came. */
  readonly number: number;
  readonly at: string;
  readonly messageId: string;
  readonly from: string;
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Over an encrypted connection. */
  readonly encrypted: boolean;
  /** Whether the sender was told. */
  readonly answered: boolean;
  readonly attachments: readonly KeptAttachment[];
};

/** `GET /_control/stats`. */
export type MailStats = {
  /** Mails taken, whether the sender was told or not. */
  readonly accepted: number;
  /** Those the sender was not told about. */
  readonly unanswered: number;
  /** Mails taken by recipient. */
  readonly byRecipient: Readonly<Record<string, number>>;
  /** Mails taken by Message-ID: more than one is the same mail sent again. */
  readonly byMessageId: Readonly<Record<string, number>>;
  /** What was not taken, by reason. */
  readonly refused: Readonly<Record<string, number>>;
  readonly connections: number;
  readonly mails: readonly MailFacts[];
};

type MailFacts = Omit<KeptMail, 'text' | 'html' | 'attachments'> & {
  readonly attachments: readonly Omit<KeptAttachment, 'content'>[];
};

export type Arrival = Pick<KeptMail, 'sender' | 'recipients' | 'encrypted' | 'answered'> & { readonly raw: Buffer };

export type Inbox = {
  keep(arrival: Arrival): Promise<void>;
  refuse(reason: string): void;
  connection(): void;
  /** The newest first. */
  mails(): readonly KeptMail[];
  stats(): MailStats;
  reset(): void;
};

export function makeInbox(now: () => number): Inbox {
  const fresh = () => ({ mails: [] as KeptMail[], refused: new Map<string, number>(), connections: 0 });
  let books = fresh();
  const count = (words: readonly string[]) =>
    words.reduce<Record<string, number>>((counts, word) => ({ ...counts, [word]: (counts[word] ?? 0) + 1 }), {});
  return {
    async keep({ raw, ...arrival }) {
      const { mails } = books;
      const parsed = await PostalMime.parse(raw);
      mails.push({ ...arrival, ...contentOf(parsed), number: mails.length + 1, at: new Date(now()).toISOString() });
    },
    refuse: (reason) => void books.refused.set(reason, (books.refused.get(reason) ?? 0) + 1),
    connection: () => void (books.connections += 1),
    mails: () => books.mails.toReversed(),
    stats: () => ({
      accepted: books.mails.length,
      unanswered: books.mails.filter(({ answered }) => !answered).length,
      byRecipient: count(books.mails.flatMap(({ recipients }) => recipients)),
      byMessageId: count(books.mails.map(({ messageId }) => messageId)),
      refused: Object.fromEntries(books.refused),
      connections: books.connections,
      mails: books.mails.map(factsOf),
    }),
    reset: () => void (books = fresh()),
  };
}

function contentOf(mail: Email) {
  const from = mail.from?.address ?? '';
  const name = mail.from?.name ?? '';
  return {
    messageId: mail.messageId ?? '',
    from: name === '' ? from : `${name} <${from}>`,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    attachments: mail.attachments.map(({ filename, mimeType, content }) => {
      const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(new Uint8Array(content));
      return {
        name: filename ?? '',
        type: mimeType,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        content: bytes,
      };
    }),
  };
}

function factsOf({ attachments, ...mail }: KeptMail): MailFacts {
  const { text: _text, html: _html, ...facts } = mail;
  return { ...facts, attachments: attachments.map(({ content: _content, ...attachment }) => attachment) };
}
