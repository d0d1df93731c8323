import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Express } from 'express';
import type { Plugin } from 'esbuild';
import { assetRoutes, bundleOf, type Bundle } from '../../bundle.ts';
import type { World } from '../world.ts';

/** The page, bundled the first time someone asks for it: most who start this stand-in look at no page. */
export function servePage(app: Express, world: World): void {
  const made = () => bundleOf(new URL('./main.tsx', import.meta.url), [emojiNamesOnly]);
  const page = (bundle: Bundle) => html(world.settings.team.name, world.settings.users[0]?.id ?? '', bundle.mark);

  app.get(['/', '/archives/:channel', '/archives/:channel/:message'], async (_request, response) => {
    response.type('html').send(page(await made()));
  });
  app.use(assetRoutes('/page', made));
  app.get('/page/fonts.css', (_request, response) => void response.type('css').send(fontFaces()));
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

/** The whole of the data is a megabyte; a page needs the names. */
const emojiNamesOnly: Plugin = {
  name: 'emoji names only',
  setup(build) {
    build.onLoad({ filter: /emoji-datasource\/emoji\.json$/ }, async ({ path }) => {
      const all = JSON.parse(await readFile(path, 'utf8')) as { unified: string; short_names: string[] }[];
      const kept = all.map(({ unified, short_names }) => ({ unified, short_names }));
      return { contents: JSON.stringify(kept), loader: 'json' };
    });
  },
};

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

function html(team: string, user: string, mark: string): string {
  return `<!doctype html>
<html lang="en" data-user="${user}" data-emoji="${emojiFolder ? 'pictures' : 'font'}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${team} · Slack (stand-in)</title>
    <link rel="icon" href="/avatars/USLACKBOT.svg" />
    <link rel="stylesheet" href="/page/fonts.css" />
    <link rel="stylesheet" href="/page/app-${mark}.css" />
  </head>
  <body>
    <div id="root"></div>
    <script type="module" src="/page/app-${mark}.js"></script>
  </body>
</html>
`;
}
