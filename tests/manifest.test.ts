import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { commandNames } from '../blocks/ids.ts';
import { commands as demoCommands } from '../sandbox/demo/commands.ts';
import { leadops } from '../src/slack/commands/leadops.ts';
import type { SlackDeps } from '../src/slack/deps.ts';

const manifest = JSON.parse(readFileSync(new URL('../manifest.json', import.meta.url), 'utf8')) as {
  readonly features: { readonly slash_commands: readonly { readonly command: string; readonly usage_hint: string }[] };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
};
const hints = Object.fromEntries(
  manifest.features.slash_commands.map(({ command, usage_hint }) => [command, usage_hint]),
);

test('Slack offers the commands that are answered, and no other', () => {
  expect(Object.keys(hints).toSorted()).toEqual(Object.values(commandNames).toSorted());
});

test('the hint of /leadops names every verb that its help lists, in that order', async () => {
  const deps = {} as SlackDeps; // the list is the same for everybody and asks nothing of the app
  const help = JSON.stringify(await leadops(deps, { user: 'U1', channel: 'C1', text: 'help' }));
  const listed = [...new Set([...help.matchAll(/`\/leadops (\w+)/g)].map(([, verb]) => verb))];
  expect(listed.length).toBeGreaterThan(10);
  expect(hints['/leadops']?.split(' | ')).toEqual(listed);
});

test('the demo’s workspace completes the commands as the manifest registers them', () => {
  expect(Object.fromEntries(demoCommands.map(({ command, usageHint }) => [command, usageHint]))).toEqual(hints);
});

test('whoever connects Slack reads what each scope is for', () => {
  const page = readFileSync(new URL('../docs/connect-slack.md', import.meta.url), 'utf8');
  expect(manifest.oauth_config.scopes.bot.filter((scope) => !page.includes(`\`${scope}\``))).toEqual([]);
});
