import { z } from 'zod';
import type { TableRef, WorkbookPlace, WorkbookRef } from '../../pipeline/ports/clay.ts';

/**
 * An address inside Clay: the browser's where the page has one of its own, else the names that lead there. Text, because it
 * is stored.
 */
export type Address =
  { readonly url: string } | { readonly place: WorkbookPlace } | { readonly workbook: string; readonly table: string };

const Stored = z.union([
  z.object({ place: z.object({ root: z.string(), client: z.string(), month: z.string(), workbook: z.string() }) }),
  z.object({ workbook: z.string(), table: z.string() }),
]);

export function toRef(address: Address): string {
  return 'url' in address ? address.url : JSON.stringify(address);
}

export function fromRef(ref: WorkbookRef | TableRef | string): Address {
  return ref.startsWith('{') ? Stored.parse(JSON.parse(ref)) : { url: ref };
}
