import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export type Bundle = { readonly script: string; readonly style: string };

const bundles = new Map<string, Promise<Bundle>>();

/** A stand-in's script and style, built in memory from its pages: a function of these files alone, so built once. */
export function bundleOf(entry: URL): Promise<Bundle> {
  const known = bundles.get(entry.href) ?? buildPages(entry);
  bundles.set(entry.href, known);
  return known;
}

async function buildPages(entry: URL): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
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

/**
 * The one document of a stand-in whose script draws everything.
 *
 * @param page.root id of the element it draws into
 * @param page.assets folder of `app.js` and `app.css`
 * @param page.boot what the script starts from, as JSON in `#boot`
 */
export function documentOf(page: {
  readonly title: string;
  readonly root: string;
  readonly assets: string;
  readonly boot: unknown;
}): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<link rel="stylesheet" href="${page.assets}/app.css">
</head>
<body><div id="${page.root}"></div>
<script type="application/json" id="boot">${JSON.stringify(page.boot).replaceAll('<', '\\u003c')}</script>
<script type="module" src="${page.assets}/app.js"></script>
</body>
</html>`;
}
