import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Boot } from '../shapes.ts';

export type Bundle = { readonly script: string; readonly style: string };

let bundle: Promise<Bundle> | undefined;

/** The pages' script and style, built in memory from `pages/`: a function of these files alone, so built once. */
export function bundlePages(): Promise<Bundle> {
  bundle ??= buildPages();
  return bundle;
}

async function buildPages(): Promise<Bundle> {
  const entry = fileURLToPath(new URL('../pages/main.tsx', import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
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
  const text = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}

/** The one document; the script draws everything. */
export function documentOf(boot: Boot): string {
  const json = JSON.stringify(boot).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Clay</title>
<link rel="stylesheet" href="/assets/app.css">
</head>
<body><div id="root"></div>
<script type="application/json" id="boot">${json}</script>
<script type="module" src="/assets/app.js"></script>
</body>
</html>`;
}
