import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { Router } from 'express';

export type Bundle = {
  readonly script: string;
  readonly style: string;
  /** Of both, eight hexadecimal digits: part of their addresses, so that a browser may keep them. */
  readonly mark: string;
};

const bundles = new Map<string, Promise<Bundle>>();

/**
 * A stand-in's script and style, built from its pages: a function of these files alone, so built once in a process, and
 * once on a machine until one of them changes.
 */
export function bundleOf(entry: URL, plugins: readonly Plugin[] = []): Promise<Bundle> {
  const known = bundles.get(entry.href) ?? remembered(fileURLToPath(entry), plugins);
  bundles.set(entry.href, known);
  return known;
}

/** Beside the packages, where every tool keeps what it can make again. */
const cacheFolder = join(
  dirname(createRequire(import.meta.url).resolve('esbuild/package.json')),
  '../.cache/stand-ins',
);

type Kept = { readonly inputs: Readonly<Record<string, string>>; readonly bundle: Bundle };

const digest = (...contents: readonly (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(content);
  return hash.digest('hex');
};

async function remembered(entry: string, plugins: readonly Plugin[]): Promise<Bundle> {
  const file = join(cacheFolder, `${digest(entry).slice(0, 16)}.json`);
  const kept = keptIn(file);
  if (kept && Object.entries(kept.inputs).every(([path, before]) => fingerprint(path) === before)) return kept.bundle;
  const made = await buildPages(entry, plugins);
  mkdirSync(cacheFolder, { recursive: true });
  // Two processes may write at once: each its own, and the name goes to a whole one.
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(made));
  renameSync(`${file}.${process.pid}`, file);
  return made.bundle;
}

function keptIn(file: string): Kept | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Kept; // Ours: `remembered` wrote it.
  } catch {
    return null;
  }
}

function fingerprint(path: string): string {
  try {
    return digest(readFileSync(path));
  } catch {
    return 'gone';
  }
}

/** A package's files change with its version only. */
const packageOf = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//;

async function buildPages(entry: string, plugins: readonly Plugin[]): Promise<Kept> {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    absWorkingDir: '/',
    outdir: '/',
    minify: true,
    format: 'esm',
    jsx: 'automatic',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
    plugins: [...plugins],
  });
  const text = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  const paths = new Set(
    Object.keys(metafile.inputs).map((path) => {
      const folder = packageOf.exec(`/${path}`)?.[1];
      return folder ? `${folder}/package.json` : `/${path}`;
    }),
  );
  const [script, style] = [text('.js'), text('.css')];
  return {
    inputs: Object.fromEntries([...paths].map((path) => [path, fingerprint(path)])),
    bundle: { script, style, mark: digest(script, style).slice(0, 8) },
  };
}

/** Sends a bundle's script and style, at addresses that change with them. */
export function assetRoutes(folder: string, bundle: () => Promise<Bundle>): Router {
  const router = Router();
  const types = { script: 'js', style: 'css' } as const;
  for (const [part, type] of Object.entries(types) as ['script' | 'style', string][]) {
    router.get(`${folder}/app-:mark.${type}`, async (_request, response) => {
      response
        .type(type)
        .set('cache-control', 'public, max-age=86400, immutable')
        .send((await bundle())[part]);
    });
  }
  return router;
}

/**
 * The one document of a stand-in whose script draws everything.
 *
 * @param page.root id of the element it draws into
 * @param page.assets folder of its script and style, as `assetRoutes` sends them
 * @param page.boot what the script starts from, as JSON in `#boot`
 */
export function documentOf(page: {
  readonly title: string;
  readonly root: string;
  readonly assets: string;
  readonly bundle: Bundle;
  readonly boot: unknown;
}): string {
  const { assets, bundle } = page;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<link rel="stylesheet" href="${assets}/app-${bundle.mark}.css">
</head>
<body><div id="${page.root}"></div>
<script type="application/json" id="boot">${JSON.stringify(page.boot).replaceAll('<', '\\u003c')}</script>
<script type="module" src="${assets}/app-${bundle.mark}.js"></script>
</body>
</html>`;
}
