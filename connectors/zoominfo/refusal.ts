import { z } from 'zod';
import { InvalidInput, NeedsHuman } from '../../pipeline/errors.ts';
import { quotable } from '../../pipeline/scrub.ts';
import { RequestRefused } from '../../pipeline/ports/zoominfo.ts';
import type { Answer } from '../api/exchange.ts';
import { outage } from '../api/failed-try.ts';
import { isPage, jsonOf, parsed } from '../api/json.ts';
import type { Call } from './call.ts';

/**
 * The body of an answer that carried the call out.
 * @throws FailedTry 408, 429, 5xx · RequestRefused 400, 422 · NeedsHuman 401, 402, 403 · InvalidInput any other status ·
 *   NotJson
 */
export function bodyOf(answer: Answer, call: Call): unknown {
  const { status, text } = answer;
  if (status >= 200 && status < 300) {
    const body = jsonOf('ZoomInfo', call.path, text);
    const refused = Refused.safeParse(body);
    if (!refused.success || refused.data.data !== undefined) return body;
    throw refusal({ ...answer, status: refused.data.statusCode }, call);
  }
  throw refusal(answer, call);
}

/** A refusal that came with status 200: its real status is inside, and no data. */
const Refused = z.object({
  success: z.literal(false),
  statusCode: z.coerce.number().int().min(300).catch(400),
  data: z.unknown().optional(),
});

function refusal(answer: Answer, call: Call): Error {
  const { status } = answer;
  const { path } = call;
  const passing = outage('ZoomInfo', path, answer);
  if (passing) return passing;
  const words = wordsOf(answer.text);
  const said = words === '' ? '' : `: ${words}`;
  if (status === 400 || status === 422) return requestRefused(status, said, answer.text, call);
  if (status === 401) {
    return new NeedsHuman('AUTH', 'ZoomInfo does not accept its own token; nothing was charged', {
      todo: 'Check the login (`credentials set zoominfo`, or ZOOMINFO_CLIENT_ID and _SECRET), then run it again.',
    });
  }
  if (status === 402 || status === 403) {
    return new NeedsHuman('AUTH', `ZoomInfo does not let this login use ${path} (${status})${said}`, {
      todo: 'Ask ZoomInfo what the contract includes and whether credits are left. Nothing was charged.',
    });
  }
  if (status < 400) {
    return new InvalidInput(`ZoomInfo answered ${path} with a redirect (${status}), which is not followed`, {
      todo: 'Set ZOOMINFO_URL to the address of the API itself. Nothing was charged.',
    });
  }
  return new InvalidInput(`ZoomInfo answered ${status} to ${path}${said}`, {
    todo: 'Check ZOOMINFO_URL, and whether ZoomInfo has retired this API. Nothing was charged.',
  });
}

function requestRefused(status: number, said: string, text: string, call: Call): RequestRefused {
  const sent = fieldsOf(call);
  const named = sent.filter((field) => new RegExp(String.raw`(?<!\w)${field}(?!\w)`, 'i').test(text));
  const which =
    named.length > 0 ? `It names ${named.join(', ')}.` : `It names none of what we sent: ${sent.join(', ')}.`;
  return new RequestRefused(
    `ZoomInfo refused the request to ${call.path} (${status})${said}. ${which} Nothing was charged.`,
    named,
  );
}

/**
 * Those of the fields we can do without that a refusal means: the ones it names. One that names nothing of ours
 * (`Criteria invalid`) may mean any of them, and asking once more without them costs nothing.
 */
export function meant(error: unknown, spare: readonly string[]): readonly string[] {
  if (!(error instanceof RequestRefused)) return [];
  return error.fields.length === 0 ? spare : spare.filter((field) => error.fields.includes(field));
}

/** The criteria of a search; the input and the output fields of an enrichment. */
function fieldsOf({ body = {} }: Call): readonly string[] {
  const outputs = Array.isArray(body.outputFields) ? body.outputFields.map(String) : [];
  return [...Object.keys(body).filter((field) => field !== 'outputFields'), ...outputs];
}

/** Where vendors put their words. */
const wordy = /^(error|errors|message|messages|detail|details|title|reason|description|error_description)$/i;

/**
 * What a refusal says, fit for a log: no more than 300 characters, and nothing in it that could be a person, an id or a
 * secret.
 */
function wordsOf(text: string): string {
  const words = isPage(text) ? '' : spoken(parsed(text) ?? { message: text }).join('; ');
  const clean = words
    .replace(/\S+@\S+/g, '[cut]')
    // Long and with a digit in it: a token. Names of fields are long too, and have none.
    .replace(/\b(?=[\w-]*\d)[\w-]{20,}(?:\.[\w-]+)*/g, '[cut]')
    .replace(/\d[\d\s().-]{5,}\d/g, '[cut]')
    .replace(/\s+/g, ' ')
    .trim();
  return quotable(clean);
}

function spoken(value: unknown, heard = false): readonly string[] {
  if (typeof value === 'string') return heard && value.trim() !== '' ? [value.trim()] : [];
  if (Array.isArray(value)) return value.flatMap((one) => spoken(one, heard));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => spoken(inner, heard || wordy.test(name)));
}
