import zipcodes from 'zipcodes';

/** The city of a ZIP, for people to recognise it by; `''` where it is not known. Sources differ: never judge by it. */
export function placeName(zip: string): string {
  return zipcodes.lookup(zip)?.city ?? '';
}
