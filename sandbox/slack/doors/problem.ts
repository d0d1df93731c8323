/** What a person cannot do, in words for them; the doors answer it as `{ ok: false, error }`. */
export class Problem extends Error {}
