/** HTML that is safe to send: text put into it was escaped on the way. */
export type Markup = { readonly markup: string };
export type Part = string | number | Markup | false | null | undefined | readonly Part[];

/** Template tag: markup`<b>${text}</b>`; lists are joined, `false` and nothing leave no trace. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.map((text, index) => text + render(parts[index])).join('') };
}

function render(part: Part): string {
  if (part === undefined || part === null || part === false) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escaped(part);
  return 'markup' in part ? part.markup : part.map(render).join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
