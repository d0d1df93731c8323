import { unzip, zip } from 'fflate';
import { scrubbed } from '../../pipeline/scrub.ts';
import { withoutText } from './trace-page.ts';

/** Lines that are rewritten in one go; between two such stretches others get their turn. */
const stretch = 200;

/**
 * A recording of Playwright's without what it saw of people and secrets. It is built anew from what is known to be
 * harmless: actions with their times and selectors, addresses without their queries, the structure of pages with the names
 * of controls. Headers, cookies, bodies, what was typed, answers, console and the network's log are not carried over, and
 * neither is any kind of line that is not known here.
 */
export async function scrubTrace(recording: Uint8Array): Promise<Buffer> {
  const files = await unzipped(recording);
  const kept: Record<string, Uint8Array> = {};
  for (const [name, bytes] of Object.entries(files)) {
    const lines: string[] = [];
    for (const [index, line] of Buffer.from(bytes).toString('utf8').split('\n').entries()) {
      if (index % stretch === stretch - 1) await new Promise((turn) => setImmediate(turn));
      const clean = cleanLine(line);
      if (clean !== null) lines.push(JSON.stringify(clean));
    }
    kept[name] = Buffer.from(lines.length === 0 ? '' : `${lines.join('\n')}\n`, 'utf8');
  }
  return zipped(kept);
}

type Fields = Readonly<Record<string, unknown>>;

function cleanLine(line: string): Fields | null {
  const event = fieldsOf(parsed(line));
  switch (event.type) {
    case 'context-options':
      return {
        ...only(event, ['version', 'type', 'origin', 'browserName', 'platform', 'playwrightVersion']),
        ...only(event, ['wallTime', 'monotonicTime', 'sdkLanguage', 'contextId']),
        options: only(fieldsOf(event.options), ['viewport', 'deviceScaleFactor', 'isMobile', 'locale', 'timezoneId']),
      };
    case 'before':
      return {
        ...only(event, ['type', 'callId', 'startTime', 'class', 'method', 'parentId', 'stepId', 'pageId']),
        ...only(event, ['beforeSnapshot']),
        params: paramsOf(fieldsOf(event.params)),
      };
    case 'input':
      return only(event, ['type', 'callId', 'inputSnapshot', 'point']);
    case 'after':
      return {
        ...only(event, ['type', 'callId', 'endTime', 'afterSnapshot', 'point']),
        ...(event.error !== undefined && {
          error: { error: { name: 'Error', message: 'It failed; the run’s error says how.' } },
        }),
      };
    case 'event':
      return { ...only(event, ['type', 'time', 'class', 'method', 'pageId']), params: {} };
    case 'frame-snapshot':
      return { type: event.type, snapshot: snapshotOf(fieldsOf(event.snapshot)) };
    default:
      return null;
  }
}

/** What an action was done to, and never with what: a selector, an address, how long it was waited. */
function paramsOf(params: Fields): Fields {
  const { selector, url } = params;
  return {
    ...only(params, ['timeout', 'waitUntil', 'strict', 'state']),
    ...(typeof selector === 'string' && { selector: scrubbed(selector) }),
    ...(typeof url === 'string' && { url: bareAddress(url) }),
  };
}

function snapshotOf(snapshot: Fields): Fields {
  return {
    ...only(snapshot, ['callId', 'snapshotName', 'pageId', 'frameId', 'doctype', 'viewport', 'timestamp', 'wallTime']),
    ...only(snapshot, ['collectionTime', 'isMainFrame']),
    frameUrl: typeof snapshot.frameUrl === 'string' ? bareAddress(snapshot.frameUrl) : '',
    html: withoutText(snapshot.html),
    resourceOverrides: [],
  };
}

/** Where a page is, without what it was asked for: a query may hold an e-mail, a fragment a token. */
function bareAddress(address: string): string {
  return /^(?:https?|about|chrome-error):/.test(address) ? scrubbed(address.replace(/[?#].*$/s, '')) : 'about:blank';
}

/** Numbers and booleans pass as they are. Texts here are Playwright's own, and are scrubbed to be safe. */
function only(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = fields[name];
      if (value === undefined) return [];
      return [[name, typeof value === 'string' ? scrubbed(value) : value]];
    }),
  );
}

function fieldsOf(value: unknown): Fields {
  // Any object can be read by name.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return null;
  }
}

/** The recording's lines only: what it holds besides are the bodies of answers. */
function unzipped(bytes: Uint8Array): Promise<Readonly<Record<string, Uint8Array>>> {
  return new Promise((resolve, reject) => {
    unzip(bytes, { filter: ({ name }) => name.endsWith('.trace') }, (error, files) =>
      error ? reject(error) : resolve(files),
    );
  });
}

function zipped(files: Record<string, Uint8Array>): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    zip(files, { level: 6 }, (error, bytes) => (error ? reject(error) : resolve(Buffer.from(bytes))));
  });
}
