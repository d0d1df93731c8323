/** What a workflow needs of e-mail. */
export type Mailer = {
  /**
   * Sends one message to all recipients in one transaction. Never tries twice. The recipients of the answer are in lower
   * case, each once.
   * @throws Retryable when the server could not be reached or asks to come back: nothing was sent · NeedsHuman AUTH ·
   *   InvalidInput when the settings or an address cannot be used
   */
  send(mail: Mail): Promise<Delivery>;
};

export type Mail = {
  /** `<local@domain>`, made from what the mail is about, so that a second sending is the same message. */
  readonly messageId: string;
  /** Bare addresses. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments: readonly MailAttachment[];
};

type MailAttachment = { readonly name: string; readonly type: string; readonly content: Buffer };

/**
 * What became of the message for one recipient:
 * - `accepted`: the server took it over;
 * - `refused`: it never will (5xx);
 * - `temporary`: not now (4xx);
 * - `maybe`: the whole message was handed over and no answer came. It may have been sent: a person decides.
 */
export type RecipientOutcome = 'accepted' | 'refused' | 'temporary' | 'maybe';

export type Delivery = {
  readonly recipients: readonly {
    readonly address: string;
    readonly outcome: RecipientOutcome;
    /** The server's words; empty where it said none. */
    readonly reply: string;
  }[];
};

/** docs/sop.md#intent-delivery: every recipient accepted. */
export function isDelivered(delivery: Delivery): boolean {
  return delivery.recipients.length > 0 && delivery.recipients.every(({ outcome }) => outcome === 'accepted');
}

/** Some recipient may have it and nobody knows. */
export function isMaybeSent(delivery: Delivery): boolean {
  return delivery.recipients.some(({ outcome }) => outcome === 'maybe');
}

/** Those the server asked to come back for: a second sending goes to them alone, and doubles nothing. */
export function toTryAgain(delivery: Delivery): readonly string[] {
  return delivery.recipients.filter(({ outcome }) => outcome === 'temporary').map(({ address }) => address);
}
