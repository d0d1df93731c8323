import { makeMailer, readSmtpUrl } from '../../connectors/mail/index.ts';
import { InvalidInput } from '../../pipeline/errors.ts';
import type { Mailer } from '../../pipeline/ports/mail.ts';
import type { MailSettings } from '../../pipeline/ports/index.ts';
import type { CliConfig } from '../config.ts';

type MailConfig = Pick<CliConfig, 'SMTP_URL' | 'MAIL_FROM' | 'EMAIL_RECIPIENTS' | 'MAIL_RETRY_SECONDS'>;

/** The intent mail's settings; a poll that could not mail its leads says so before anything is paid for. */
export function mailSettings(config: MailConfig): MailSettings {
  const { SMTP_URL, MAIL_FROM, EMAIL_RECIPIENTS } = config;
  const missing = Object.entries({ SMTP_URL, MAIL_FROM, EMAIL_RECIPIENTS: EMAIL_RECIPIENTS[0] });
  return {
    recipients: EMAIL_RECIPIENTS,
    domain: /@([^\s<>@]+)>?\s*$/.exec(MAIL_FROM ?? '')?.[1] ?? 'leadops.invalid',
    missing: missing.filter(([, value]) => value === undefined).map(([name]) => name),
    retryMs: config.MAIL_RETRY_SECONDS * 1_000,
  };
}

/** @throws InvalidInput for an SMTP_URL that is none; without one the mailer refuses each mail */
export function mailerFor({ SMTP_URL, MAIL_FROM }: MailConfig): Mailer {
  if (SMTP_URL === undefined || MAIL_FROM === undefined) {
    const refusal = new InvalidInput('SMTP_URL or MAIL_FROM is not set; the mail was not sent', { todo: 'Set both.' });
    return { send: () => Promise.reject(refusal) };
  }
  return makeMailer({ server: readSmtpUrl(SMTP_URL), from: MAIL_FROM });
}
