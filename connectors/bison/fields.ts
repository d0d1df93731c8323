import type { UploadField } from '../../pipeline/ports/bison.ts';
import { plain, squash } from '../browser/words.ts';

/** One of our columns, and what Bison, or whoever set up its custom variables, may call it. */
export type Field = {
  readonly header: UploadField;
  /** The API's name of a field that every lead has; the others are custom variables. */
  readonly standard: 'first_name' | 'last_name' | 'email' | null;
  /** Its name when we make the variable: stored in lower case (docs/vendors.md#bison-lists). */
  readonly variable: string;
  /** Plain words, the best first. */
  readonly names: readonly string[];
};

function field(header: UploadField, standard: Field['standard'], ...others: readonly string[]): Field {
  return { header, standard, variable: header.toLowerCase(), names: [plain(header), ...others] };
}

export const fields: readonly Field[] = [
  field('First name', 'first_name', 'first', 'given name'),
  field('Last name', 'last_name', 'last', 'surname', 'family name'),
  field('Email', 'email', 'email address', 'mail'),
  field('DOB', null, 'date of birth', 'birth date', 'birthdate', 'birthday'),
  field('Street address', null, 'street', 'address', 'address 1', 'address line 1', 'mailing address'),
  field('City', null, 'town'),
  field('State', null, 'state code', 'st'),
  field('ZIP', null, 'zip code', 'postal code', 'postcode'),
  field('Renewal Date', null, 'renewal', 'policy renewal date'),
  field('Cellphone', null, 'cell phone', 'cell', 'mobile', 'mobile phone', 'cell phone number'),
  field('Home Value', null, 'home values', 'house value', 'estimated home value'),
];

/** Fields that must exist as custom variables before a file is imported. */
export const variableFields = fields.filter(({ standard }) => standard === null);

/** Which of these names a field goes by, the best first: `undefined` where none is its. */
export function nameFor({ names }: Field, offered: readonly string[]): string | undefined {
  for (const name of names) {
    const found = offered.find((one) => squash(one) === squash(name));
    if (found !== undefined) return found;
  }
  return undefined;
}
