/** A ZIP on offer, as the solver sees it. The list's order is the order that breaks ties. */
export type Item = {
  /** Cleaned leads, whole, above 0. */
  readonly leads: number;
  /** Tenths of a mile, whole. */
  readonly distance: number;
};

/** Items of which together at most `leads` may be taken (a donor's surplus), or at most one (the same ZIP twice). */
export type Limits = {
  readonly donors: readonly { readonly items: readonly number[]; readonly leads: number }[];
  readonly onlyOneOf: readonly (readonly number[])[];
};
