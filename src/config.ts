import { z } from 'zod';
import { isPrivate, originOf } from '../connectors/auth/trust.ts';
import { InvalidInput } from '../pipeline/errors.ts';
import { SignInOrigins } from './sign-in-origins.ts';

/*
 * Every setting there is, one line each: name, form, default, and what it is for. `.env.example` and the table in
 * docs/settings.md are checked against this list by a test.
 */
const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false', '1', '0', 'yes', 'no', ''])
    .transform((word) => (word === '' ? fallback : ['true', '1', 'yes'].includes(word)))
    .default(fallback);
const whole = (fallback: number, least = 0) => z.coerce.number().int().min(least).default(fallback);
const address = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));
/** An address to which a secret is sent. */
const secretAddress = address.refine((url) => isPrivate(originOf(url)), {
  message: 'must begin with https:// (http is for this machine only): a secret is sent there',
});
const listed = (between: RegExp) =>
  z
    .string()
    .default('')
    .transform((list) => list.split(between).filter((one) => one !== ''));
const ids = listed(/[\s,]+/);
/** `5,15,45`, or `none`. */
const minutesList = (usual: string) =>
  z
    .string()
    .default(usual)
    .transform((list) => (list.trim() === 'none' ? [] : list.split(/[\s,]+/).map(Number)))
    .refine((all) => all.every((one) => one > 0), { message: 'must be minutes with commas between them, or none' });
const addresses = listed(/[\s,;]+/);

export const settings = {
  SLACK_BOT_TOKEN: z.string().min(1).describe('Bot token (xoxb-…) of the Slack app'),
  SLACK_APP_TOKEN: z.string().optional().describe('App-level token (xapp-…): Socket Mode is used when it is set'),
  SLACK_SIGNING_SECRET: z.string().optional().describe('Signing secret: HTTP mode, when there is no SLACK_APP_TOKEN'),
  SLACK_API_URL: secretAddress
    .default('https://slack.com/api')
    .describe('Where the Web API is; another Slack, another address'),
  LEADOPS_ADMINS: ids.describe('Slack user ids of the first admins, separated by commas'),
  SUCCESS_CHANNEL: z
    .string()
    .optional()
    .describe('Slack channel id of client success: Monday’s summary; the first admin’s messages otherwise'),
  INTENT_CHANNEL: z
    .string()
    .optional()
    .describe('Slack channel id of scheduled intent runs; SUCCESS_CHANNEL or the first admin’s messages otherwise'),
  SUPABASE_URL: address.optional().describe('A Supabase project; without it an embedded one runs under DATA_DIR'),
  SUPABASE_SECRET_KEY: z.string().optional().describe('Its secret (service role) key'),
  DATA_DIR: z.string().default('.data').describe('Embedded database, downloads in progress, keys made at first start'),
  PORT: whole(3000).describe('Health, files behind signed links, and in HTTP mode Slack’s requests (/slack/events)'),
  PUBLIC_URL: address.optional().describe('How people reach PORT from their browser; default http://127.0.0.1:PORT'),
  COLE_URL: secretAddress.default('https://app.coleinformation.com').describe('Cole X Dates'),
  CLAY_URL: secretAddress.default('https://app.clay.com').describe('Clay'),
  BISON_URL: secretAddress.optional().describe('Email Bison instance'),
  SIGN_IN_ORIGINS: SignInOrigins.describe(
    'Further origins where a vendor’s password is typed: cole=https://login.example',
  ),
  ZOOMINFO_URL: secretAddress.default('https://api.zoominfo.com').describe('ZoomInfo Enterprise API'),
  ZOOMINFO_CLIENT_ID: z.string().optional().describe('ZoomInfo username; else `credentials set zoominfo`'),
  ZOOMINFO_CLIENT_SECRET: z.string().optional().describe('ZoomInfo password; else `credentials set zoominfo`'),
  SMTP_URL: z.string().optional().describe('smtp://user:password@host:587, for the intent mail'),
  MAIL_FROM: z.string().optional().describe('Sender of the intent mail'),
  EMAIL_RECIPIENTS: addresses.describe('Who gets the intent mail, separated by commas or semicolons'),
  MAIL_RETRY_SECONDS: whole(60, 1).describe(
    'A mail server that asks to come back is asked again after so long, three times, twice as long each time',
  ),
  INTENT_CONFIG: z
    .string()
    .optional()
    .describe(
      'YAML file with the settings of intent polling that differ from the defaults (pipeline/intent/config.ts)',
    ),
  CREDENTIALS_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits (openssl rand -hex 32)')
    .optional()
    .describe('Key of the stored vendor logins; made under DATA_DIR at first start when not set'),
  CREDENTIALS_KEY_PREVIOUS: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits: the CREDENTIALS_KEY there was before')
    .optional()
    .describe('The key before CREDENTIALS_KEY: opens what it sealed until `leadops keys rotate` has sealed all anew'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('pino level'),
  HEADLESS: flag(true).describe('false shows the browser'),
  CHROMIUM_PATH: z.string().optional().describe('A Chromium or Chrome to use instead of the one found'),
  CHROMIUM_SANDBOX: z
    .enum(['auto', 'on', 'off'])
    .default('auto')
    .describe('auto: inside Chromium’s own sandbox wherever that works; on: never without it; off: never in it'),
  CLOCK_URL: address.optional().describe('A server that tells the business time (the demo’s); machine time otherwise'),
  DOWNLOAD_MAX_MB: whole(200, 1).describe(
    'A larger file from a vendor is not taken: it is broken off, and a person asked',
  ),
  RUN_LANES: whole(4, 1).describe('Runs worked on at once by one process'),
  RETRY_MINUTES: minutesList('5,15,45').describe(
    'A run whose vendor or network is away is tried again after so many minutes, one try for each; none: it fails at once',
  ),
  VALIDATION_TIMEOUT_MINUTES: whole(90, 1).describe(
    'How long PT2 waits for Debounce before it goes on without the rest',
  ),
  POLL_SECONDS: whole(15, 1).describe('How often PT2 looks at Debounce’s progress'),
  APPROVAL_DAYS: whole(7, 1).describe('Open questions expire after this many days'),
  CATCH_UP_HOURS: whole(12, 0).describe(
    'A due time this much too late is still caught up; later it is missed, and said',
  ),
  CATCH_UP_DAYS: whole(14, 0).describe(
    'PT5: a window that begins sooner than in so many days is not caught up without asking',
  ),
  BISON_SYNC_SECONDS: whole(900, 1).describe('PT5: how long a campaign may take to show the people it was given'),
  BISON_SYNC_POLL_SECONDS: whole(60, 1).describe('PT4 and PT5: how often it is looked at meanwhile'),
  NEARBY_MILES: whole(10, 1).describe('PT3 level 2: how near an added ZIP must be to a pulled one'),
  RETENTION_DAYS: whole(90, 1).describe(
    'People’s rows and files go so many days after the end of their renewal month; counts stay',
  ),
  TRACE_DAYS: whole(30, 1).describe('Screenshots, page structures and traces of failures go after so many days'),
  BACKUP_DAYS: whole(14, 0).describe(
    'The embedded database is copied every night and the copies are kept for so many days; 0: no copies',
  ),
  BACKUP_DIR: z
    .string()
    .optional()
    .describe('Where the nightly copies go, best another disk; default DATA_DIR/backups'),
  LINK_MINUTES: whole(15, 1).describe('How long a signed link to a file works'),
} satisfies Record<string, z.ZodType>;

const Settings = z.object(settings).superRefine((value, context) => {
  const missing = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (!value.SLACK_APP_TOKEN && !value.SLACK_SIGNING_SECRET) {
    missing('SLACK_APP_TOKEN', 'is missing: set it (Socket Mode), or SLACK_SIGNING_SECRET (HTTP)');
  }
  if (value.SUPABASE_URL && !value.SUPABASE_SECRET_KEY)
    missing('SUPABASE_SECRET_KEY', 'is missing (SUPABASE_URL is set)');
});

export type Config = z.output<typeof Settings>;

/** Settings the command line needs too; Slack's tokens are only the app's. */
const CliSettings = z.object({ ...settings, SLACK_BOT_TOKEN: z.string().default('') });
export type CliConfig = z.output<typeof CliSettings>;

function read<T>(schema: z.ZodType<T>, environment: Readonly<Record<string, string | undefined>>): T {
  // An empty line in an .env file means "not set".
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = issue.path.join('.');
    return `  ${name} ${given[name] === undefined && issue.code === 'invalid_type' ? 'is missing' : issue.message}`;
  });
  throw new InvalidInput(`These settings are missing or wrong:\n${lines.join('\n')}`, {
    todo: 'Set them in the environment or in .env (see .env.example), then start again. Nothing was started.',
  });
}

/** @throws InvalidInput naming every wrong setting at once */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  return read(Settings, environment);
}

/** The same without what only the running app needs. */
export function readCliConfig(environment: Readonly<Record<string, string | undefined>>): CliConfig {
  return read(CliSettings, environment);
}
