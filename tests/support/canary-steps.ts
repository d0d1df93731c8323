import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const folder = fileURLToPath(new URL('../../pipeline/workflows', import.meta.url));

/** Names that a call does not spell itself. */
const elsewhere = [
  'gap ${n}',
  'gap ${n}: supersede',
  'identify companies ${n}',
  'enrich contacts ${n}',
  'enrich companies ${n}',
  'mail ${n}.${n}',
];

/**
 * The names of the workflows' steps as their source spells them, `…` for what is filled in: a step that is added is here by
 * itself.
 */
export function stepNames(): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const source = readFileSync(join(folder, file), 'utf8');
      const calls = source.matchAll(
        /\b(?:step|once|until|tell|show)(?:<[^()]*>)?\(\s*(?:context, )?(?:`([^`]*)`|'([^']*)')/g,
      );
      return [...calls].map(([, template, plain]) => template ?? plain ?? '');
    });
  return [...new Set([...names, ...elsewhere].map((name) => name.replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '…')))]
    .filter((name) => name !== '')
    .toSorted();
}

/** The name in the source that this one was made of: the one that leaves the least to fill in. */
export function nameInSource(names: readonly string[], step: string): string | undefined {
  const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return names
    .filter((name) => new RegExp(`^${name.split('…').map(literal).join('.+')}$`).test(step))
    .toSorted((a, b) => b.replaceAll('…', '').length - a.replaceAll('…', '').length)[0];
}
