/** Zero-width characters, byte order marks and control characters: invisible, never meant. */
const invisible = /[\u0000-\u0008\u000e-\u001f\u007f\u200b-\u200d\u2060\ufeff]/g;

/**
 * One line without outer or doubled spaces, invisible characters and the stray quotes that a row read leniently
 * (see `connectors/csv`) keeps: `"SMITH` and `"SMITH"` are `SMITH`, `Abigail "Abby"` stays.
 */
export function tidy(text: string): string {
  const line = text.replace(invisible, '').replace(/\s+/g, ' ').trim();
  const quotes = line.split('"').length - 1;
  if (quotes === 2 && line.startsWith('"') && line.endsWith('"')) return line.slice(1, -1).trim();
  if (quotes % 2 === 0) return line;
  return (line.startsWith('"') ? line.slice(1) : line.endsWith('"') ? line.slice(0, -1) : line).trim();
}

/** Without these signs at both ends. A loop: an expression for the end tries it again from every sign of a long run. */
export function withoutEnds(text: string, signs: string): string {
  let [from, to] = [0, text.length];
  while (from < to && signs.includes(text.charAt(from))) from += 1;
  while (to > from && signs.includes(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}
