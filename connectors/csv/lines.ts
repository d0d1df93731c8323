/** A line as it stands in the file; `number` counts from 1. */
export type Line = { readonly number: number; readonly text: string };

/**
 * The file's lines. Where there are line feeds, they end the lines (with or without a carriage return before); a lone
 * carriage return is then part of a value. A file from an old Mac has carriage returns only, or hardly anything else.
 */
export function linesOf(text: string): readonly Line[] {
  const feeds = text.split('\n').length - 1;
  const lone = text.match(/\r(?!\n)/g)?.length ?? 0;
  const lines = lone > feeds ? text.split(/\r\n?/) : text.split(/\r?\n/);
  return lines.map((line, index) => ({ number: index + 1, text: line }));
}
