import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMail, type MailFaults, type MailStats } from '../../sandbox/mail/index.ts';
import { startZoominfo, type ZoominfoFaults, type ZoominfoStats } from '../../sandbox/zoominfo/index.ts';

export const recipients = ['callers@northwind.example', 'sales@northwind.example'];
/** Monday 18 January 2027, 6:30 in New York. */
export const monday = '2027-01-18T06:30:00-05:00';
export const intentChannel = 'C03SUCCESS';

export type IntentVendors = {
  readonly environment: Readonly<Record<string, string>>;
  /** Stands still until it is moved: which signals there are. */
  setNow(moment: string): void;
  zoominfo(): Promise<ZoominfoStats>;
  mail(): Promise<MailStats>;
  fault(fault: Partial<ZoominfoFaults>): Promise<void>;
  mailFault(fault: Partial<MailFaults>): Promise<void>;
  /** No faults, no counts. */
  reset(): Promise<void>;
  close(): Promise<void>;
};

const login = { username: 'leadops@northwind.example', password: 'brown-finch-38' };

/** The stand-in ZoomInfo and a real mail server, in this process. @param config of intent polling, over the defaults; `mark` behind every name */
export async function startIntentVendors(
  config: Readonly<Record<string, unknown>> = {},
  signalsPerDay = 2.5,
  mark = '',
): Promise<IntentVendors> {
  let now = Date.parse(monday);
  const vendor = await startZoominfo({
    ...login,
    seed: 'journey',
    now: () => now,
    credits: 10_000,
    signalsPerDay,
    mark,
    retryAfterSeconds: 0,
  });
  const server = await startMail({ login: { user: 'leadops', pass: 'green-wren-64' } });
  const file = join(mkdtempSync(join(process.env.LEADOPS_TEST_FOLDER ?? tmpdir(), 'intent-')), 'intent.yaml');
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ owners: ['kim@northwind.example', 'lee@northwind.example'], ...config }));
  const post = async (url: string, path: string, body: unknown = {}) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/_control/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} ${JSON.stringify(body)}: ${answer.status}`);
  };
  const stats = async (url: string): Promise<unknown> => (await fetch(`${url}/_control/stats`)).json();
  return {
    environment: {
      ZOOMINFO_URL: vendor.url,
      ZOOMINFO_CLIENT_ID: login.username,
      ZOOMINFO_CLIENT_SECRET: login.password,
      SMTP_URL: server.smtpUrl,
      MAIL_FROM: 'LeadOps <leadops@northwind.example>',
      EMAIL_RECIPIENTS: recipients.join(','),
      MAIL_RETRY_SECONDS: '1',
      INTENT_CHANNEL: intentChannel,
      INTENT_CONFIG: file,
    },
    setNow: (moment) => (now = Date.parse(moment)),
    zoominfo: async () => (await stats(vendor.url)) as ZoominfoStats,
    mail: async () => (await stats(server.url)) as MailStats,
    fault: (fault) => post(vendor.url, 'fault', fault),
    mailFault: (fault) => post(server.url, 'fault', fault),
    async reset() {
      await Promise.all([post(vendor.url, 'reset'), post(server.url, 'reset')]);
    },
    async close() {
      await Promise.all([vendor.close(), server.close()]);
    },
  };
}
