import { z } from 'zod';
import { InvalidInput } from '../errors.ts';
import { emailAddress } from '../normalise/email.ts';
import { managementLevels, signalStrengths } from '../ports/zoominfo.ts';
import { defaults } from './defaults.ts';

/** Numbers lose their leading zeros in YAML: `111` is the code `0111`. */
const SicCode = z
  .union([z.string(), z.int()], 'must be an SIC code of four digits')
  .transform((code) => String(code).trim().padStart(4, '0'))
  .pipe(z.string().regex(/^\d{4}$/, 'must be an SIC code of four digits'));

const Score = z.int('must be a whole number from 0 to 100').min(0).max(100);

const once = (list: readonly unknown[]) => new Set(list).size === list.length;

const Range = z
  .strictObject({ min: z.int().min(0), max: z.int().min(0) })
  .refine(({ min, max }) => min <= max, { path: ['max'], message: 'must not be below min' });

const Owner = z.string().transform((text, context) => {
  const address = emailAddress(text);
  if (address !== null) return address;
  context.addIssue({ code: 'custom', message: 'must be an e-mail address' });
  return z.NEVER;
});

const Schema = z.strictObject({
  /** Topics as ZoomInfo spells them. */
  topics: z.array(z.string().trim().min(1, 'must not be empty')).min(1, 'needs one topic at least').max(50),
  signalStrengths: z
    .array(z.enum(signalStrengths))
    .min(1, 'needs one strength at least')
    .refine(once, 'names one twice'),
  /** Employees of a company, both ends included. */
  employees: Range,
  /** None: every industry. */
  sicCodes: z.array(SicCode).refine(once, 'names one twice'),
  /** 0–100 by SIC code: how many of such companies' people are on site. */
  onsiteScores: z.record(SicCode, Score),
  /** For a code that is not in the table, and for a company whose code nobody knows. */
  onsiteDefault: Score,
  /** Companies a run pays for at most. */
  companies: z.int().min(1).max(1000),
  /** A company that was exported rests this many days. */
  dedupeDays: z.int().min(0).max(3650),
  managementLevels: z
    .array(z.enum(managementLevels))
    .min(1, 'needs one level at least')
    .refine(once, 'names one twice'),
  /** ZoomInfo's range. */
  accuracyMin: z.int().min(70).max(99),
  /** Credits a week, Monday 00:00 to Monday 00:00 in New York. */
  weeklyCap: z.int().min(0),
  /** Shares of the cap at which people are told, each once a week. */
  alerts: z
    .array(z.number().gt(0).max(1))
    .refine((list) => once(list) && list.every((share, index) => share >= (list[index - 1] ?? 0)), 'must go upwards'),
  /** Contact owners in turn; none: the column stays empty. */
  owners: z.array(Owner),
});

export type IntentConfig = z.output<typeof Schema>;

/**
 * The configuration of intent polling: what is given, over the defaults of docs/vendors.md#daily-poll. A list or a
 * table that is given replaces the whole default.
 * @throws InvalidInput naming every wrong field at once, and every field there is not
 */
export function readIntentConfig(given: unknown): IntentConfig {
  const own = given ?? {};
  const parsed = Schema.safeParse(typeof own === 'object' && !Array.isArray(own) ? { ...defaults, ...own } : own);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `  ${[...issue.path, key].join('.')} is no setting`)
      : [`  ${issue.path.join('.') || 'the whole'} ${issue.message}`],
  );
  throw new InvalidInput(`The intent configuration cannot be used:\n${lines.join('\n')}`, {
    todo: 'Correct these fields; the others are fine. Nothing was started.',
  });
}

export const intentDefaults: IntentConfig = readIntentConfig({});
