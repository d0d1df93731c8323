import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Express } from 'express';
import { build } from 'esbuild';
import type { World } from '../world.ts';

type Bundle = { readonly script: string; readonly style: string };

let bundle: Promise<Bundle> | undefined;

/** The page, bundled in memory the first time someone asks for it; one bundle serves every stand-in of the process. */
export function servePage(app: Express, world: World): void {
  const made = () => (bundle ??= makeBundle());
  const page = () => html(world.settings.team.name, world.settings.users[0]?.id ?? '');

  app.get(['/', '/archives/:channel', '/archives/:channel/:message'], (_request, response) => {
    response.type('html').send(page());
  });
  app.get('/page/main.js', async (_request, response) => {
    response.type('text/javascript').send((await made()).script);
  });
  app.get('/page/main.css', async (_request, response) => {
    response.type('text/css').send((await made()).style);
  });
  app.get('/avatars/:name', (request, response) => {
    const user = world.users.get(request.params.name.replace('.svg', ''));
    if (!user) return void response.sendStatus(404);
    response
      .type('svg')
      .send(user.id === world.settings.app.botUser ? appPicture : personPicture(user.realName, user.color));
  });
  app.get('/emoji/:name', async (request, response) => {
    if (!emojiFolder || !/^[0-9a-f-]+\.svg$/.test(request.params.name)) return void response.sendStatus(404);
    const path = join(emojiFolder, request.params.name);
    if (!existsSync(path)) return void response.sendStatus(404);
    response
      .set('cache-control', 'max-age=3600')
      .type('svg')
      .send(await readFile(path));
  });
  app.get('/fonts/:name', async (request, response) => {
    const path =
      fontFolder && fonts.some((font) => font.file === request.params.name) && join(fontFolder, request.params.name);
    if (!path) return void response.sendStatus(404);
    response
      .set('cache-control', 'max-age=3600')
      .type('font/woff2')
      .send(await readFile(path));
  });
}

async function makeBundle(): Promise<Bundle> {
  const result = await build({
    entryPoints: [join(import.meta.dirname, 'main.tsx')],
    bundle: true,
    write: false,
    outdir: 'page',
    minify: true,
    jsx: 'automatic',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  const textOf = (ending: string) => result.outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  return { script: textOf('.js'), style: fontFaces() + textOf('.css') };
}

/**
 * Slack's typeface and a full set of emoji pictures, where the packages are installed. Without them the page takes the
 * system's fonts, and a machine without an emoji font shows boxes.
 */
const fontFolder = folderOf('@fontsource/lato', 'files');
const emojiFolder = folderOf('@twemoji/svg', '');

function folderOf(name: string, inside: string): string | undefined {
  const places = createRequire(import.meta.url).resolve.paths(name) ?? [];
  return places.map((place) => join(place, name, inside)).find((path) => existsSync(path));
}

const fonts = [400, 700, 900].flatMap((weight) =>
  ['normal', 'italic'].map((style) => ({ weight, style, file: `lato-latin-${weight}-${style}.woff2` })),
);

function fontFaces(): string {
  if (!fontFolder) return '';
  return fonts
    .map(
      ({ weight, style, file }) =>
        `@font-face{font-family:Lato;font-weight:${weight};font-style:${style};font-display:block;src:url(/fonts/${file}) format("woff2")}`,
    )
    .join('');
}

/** A person: their initials on their colour. */
function personPicture(name: string, color: string): string {
  const initials = name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('')
    .slice(0, 2);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72"><rect width="72" height="72" fill="${color}"/><text x="36" y="46" text-anchor="middle" font-family="Lato,Helvetica,Arial,sans-serif" font-weight="700" font-size="28" fill="#fff">${initials}</text></svg>`;
}

/** The app: a funnel with a tick. */
const appPicture =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72"><defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop stop-color="#0b8f6a"/><stop offset="1" stop-color="#0a4d68"/></linearGradient></defs><rect width="72" height="72" fill="url(#g)"/><path d="M17 20h38L42 37v15l-12 5V37Z" fill="#fff" fill-opacity=".95"/><path d="M44 50l5 5 10-12" fill="none" stroke="#ffd166" stroke-width="5.5" stroke-linecap="round" stroke-linejoin="round"/></svg>';

function html(team: string, user: string): string {
  return `<!doctype html>
<html lang="en" data-user="${user}" data-emoji="${emojiFolder ? 'pictures' : 'font'}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${team} · Slack (stand-in)</title>
    <link rel="icon" href="/avatars/USLACKBOT.svg" />
    <link rel="stylesheet" href="/page/main.css" />
  </head>
  <body>
    <div id="root"></div>
    <script src="/page/main.js"></script>
  </body>
</html>
`;
}
