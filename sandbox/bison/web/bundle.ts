import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Boot } from '../shapes.ts';

export type Bundle = { readonly script: string; readonly style: string };

let bundle: Promise<Bundle> | undefined;

/** The pages' script and style, built in memory from `pages/`, once a process: they depend on nothing else. */
export function bundlePages(): Promise<Bundle> {
  bundle ??= buildPages();
  return bundle;
}

async function buildPages(): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../pages/main.tsx', import.meta.url))],
    bundle: true,
    write: false,
    outdir: '/',
    minify: true,
    format: 'esm',
    jsx: 'automatic',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  const ending = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  return { script: ending('.js'), style: ending('.css') };
}

/** The one document; the script draws everything. */
export function documentOf(boot: Boot): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>EmailBison</title>
<link rel="stylesheet" href="/build/app.css">
</head>
<body><div id="app"></div>
<script type="application/json" id="boot">${JSON.stringify(boot).replaceAll('<', '\\u003c')}</script>
<script type="module" src="/build/app.js"></script>
</body>
</html>`;
}
