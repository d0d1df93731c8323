/** docs/vendors.md#company-names. */
const suffixes: ReadonlySet<string> = new Set(
  'inc incorporated corp corporation llc llp ltd limited co company pllc pc pa'.split(' '),
);

/**
 * A company's name reduced to what makes two spellings of it equal: `The ACME Company, L.L.C.` and `The Acme Co` are
 * both `the acme`. For comparing, not for showing. A name that is nothing but suffixes keeps its first word.
 */
export function normaliseCompanyName(name: string): string {
  const words = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[.'’`´\u0300-\u036f]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ');
  while (words.length > 1 && suffixes.has(words.at(-1) ?? '')) words.pop();
  return words.join(' ');
}
