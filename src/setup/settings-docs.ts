// npm run docs:settings   writes .env.example and docs/settings.md from the settings of src/config.ts
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { settings } from '../config.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const defaults = (name: string): string => {
  const parsed = settings[name as keyof typeof settings].safeParse(undefined);
  if (!parsed.success || parsed.data === undefined) return '';
  return Array.isArray(parsed.data)
    ? parsed.data.filter((one) => typeof one !== 'object').join(',')
    : String(parsed.data);
};
const needed = new Set(['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'LEADOPS_ADMINS']);

const example = Object.entries(settings).map(([name, setting]) => {
  const line = `${name}=${defaults(name)}`;
  return `# ${setting.description ?? ''}\n${needed.has(name) ? line : `# ${line}`}`;
});
writeFileSync(
  join(root, '.env.example'),
  `# Settings of LeadOps. Copy to .env; what is commented out has this default (or none).\n# Written from src/config.ts by "npm run docs:settings".\n\n${example.join('\n\n')}\n`,
);
const rows = Object.entries(settings).map(
  ([name, setting]) =>
    `| \`${name}\` | ${defaults(name) === '' ? '' : `\`${defaults(name)}\``} | ${setting.description ?? ''} |`,
);
writeFileSync(
  join(root, 'docs/settings.md'),
  `# Settings\n\nFrom the environment, or from \`.env\` beside the README; the environment wins. All wrong settings are named at once at the\nstart. Vendor logins are not here: \`leadops credentials set\` stores them encrypted. Written from \`src/config.ts\` by\n\`npm run docs:settings\`.\n\n| setting | default | what it is |\n| --- | --- | --- |\n${rows.join('\n')}\n`,
);
