import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { loginModal } from '../../blocks/modals.ts';
import { runCard } from '../../blocks/run-card.ts';
import { scrubbed } from '../../pipeline/scrub.ts';
import { inSentences } from '../../src/runs/outcome.ts';
import { sampleRun } from '../support/samples.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The text of every source of some folders; what a template fills in is left empty, so that two of them compare. */
function sources(...folders: readonly string[]): string {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
    )
    .join('\n')
    .replaceAll(/\$\{[^}]*\}/g, '${}');
}

test('what people are told to press is a button that somebody draws', () => {
  const named = [...sources('connectors', 'src', 'pipeline').matchAll(/press ["“]([^"”\n]+)["”]/g)];
  const drawn = sources('blocks', 'pipeline');
  const missing = named
    .map(([, name = '']) => name)
    .filter((name) => !new RegExp(`['\`]${escape(name)}['\`]`).test(drawn));
  expect(named.length).toBeGreaterThan(10);
  expect(missing).toEqual([]);
});

const escape = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

test('no advice has a word in it that is blacked out as a secret on its way to Slack', () => {
  const lines = sources('connectors', 'src', 'pipeline').matchAll(
    /(['`])((?:(?!\1)[^\\\n])*\b(?:Look|press|Sign in|Store|Check)\b(?:(?!\1)[^\\\n])*)\1/g,
  );
  const advice = [...lines].map(([, , text = '']) => text).filter((text) => /^[A-Z].*\.$/.test(text));
  expect(advice.length).toBeGreaterThan(30);
  expect(advice.filter((text) => /•••/.test(scrubbed(text)))).toEqual([]);
});

test('a waiting card says what happened and what to do once each, as sentences', () => {
  const [message, todo] = ['cole:TX: the vendor shows a challenge', 'Sign in by hand once, then press "Try again".'];
  const error = inSentences({ message, todo });
  expect(error).toBe(`${message}. ${todo}`);
  expect(inSentences({ message: 'It said: "No."', todo })).toBe(`It said: "No." ${todo}`);
  const run = sampleRun({ status: 'waiting', error, errorType: 'CAPTCHA' });
  const question = { id: 'q', kind: 'human', payload: { need: 'CAPTCHA', message, todo } } as const;
  const drawn = JSON.stringify(runCard(run, 'Lakeside Insurance', new Date(), [question]).blocks);
  expect(drawn.split('Sign in by hand')).toHaveLength(2);
  expect(drawn).toContain('shows a challenge');
});

test('the way around Slack that the login’s window names is a command that works as it stands', () => {
  const drawn = JSON.stringify(loginModal('q', 'clay', null));
  expect(drawn).toContain('credentials set clay --username');
  expect(JSON.stringify(loginModal('q', 'cole:TX', null))).toContain('credentials set cole TX --username');
  // It opens as well where there was no login to be refused.
  expect(drawn).not.toContain('was refused');
});
