/** What a person is doing with a table, beside its grid or in front of it. */
export type Task =
  | { readonly kind: 'formula'; readonly after: string | null }
  | { readonly kind: 'enrichment' }
  | { readonly kind: 'import' }
  | { readonly kind: 'rename'; readonly columnId: string }
  | { readonly kind: 'text'; readonly after: string | null };
