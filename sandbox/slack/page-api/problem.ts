/** What a person cannot do, in words for them; the routes answer it as `{ ok: false, error }`. */
export class Problem extends Error {}
