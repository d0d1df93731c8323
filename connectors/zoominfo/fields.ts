/** A vendor's record, flat: `company: { id }`, `companyId` and `company_id` are all `companyid`. */
export type Fields = ReadonlyMap<string, unknown>;

const depth = 3;

/**
 * Flattens a record and folds its names, so that one list of names serves every way the vendor nests and spells. JSON:API's
 * `attributes` is looked through. Where a field is there twice, the first that is not empty stays.
 * @returns null for what is no record
 */
export function fieldsOf(record: unknown): Fields | null {
  if (!isRecord(record)) return null;
  const fields = new Map<string, unknown>();
  gather(record, '', fields, depth);
  return fields;
}

function gather(record: Readonly<Record<string, unknown>>, prefix: string, fields: Map<string, unknown>, left: number) {
  for (const [name, value] of Object.entries(record)) {
    const folded = fold(name);
    const key = prefix + folded;
    if (isRecord(value) && left > 0) gather(value, folded === 'attributes' ? prefix : key, fields, left - 1);
    else if (!fields.has(key) || isEmpty(fields.get(key))) fields.set(key, value);
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function isEmpty(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

/** Our field, under the vendor's main name for it → every name it may bear, best first. */
export type Names = Readonly<Record<string, readonly string[]>>;

/** The fields we read, each of them, by the vendor's main name; what is empty everywhere is `undefined`. */
export function pick<N extends Names>(fields: Fields, names: N): { readonly [Field in keyof N]: unknown } {
  const picked = Object.entries(names).map(([field, spellings]) => [
    field,
    spellings.map((name) => fields.get(fold(name))).find((value) => !isEmpty(value)),
  ]);
  // Its keys are those of `names`.
  return Object.fromEntries(picked) as { readonly [Field in keyof N]: unknown };
}

/** Whether a record holds nothing under any of these names. */
export function hasNone(fields: Fields, names: Names): boolean {
  return Object.values(pick(fields, names)).every((value) => value === undefined);
}

/**
 * Fields that not one of several records has, not even empty: the vendor may have renamed them.
 * @param several how many records it takes to say so
 */
export function absent(records: readonly Fields[], names: Names, several: number): readonly string[] {
  if (records.length < several) return [];
  return Object.entries(names)
    .filter(([, spellings]) => !records.some((fields) => spellings.some((name) => fields.has(fold(name)))))
    .map(([field]) => field);
}
