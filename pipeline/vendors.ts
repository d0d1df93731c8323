/** The vendors with a login of ours: the word that rows, lanes, commands and logs have for each, and what people call it. */
const names = {
  cole: 'Cole X Dates',
  clay: 'Clay',
  bison: 'Email Bison',
  zoominfo: 'ZoomInfo',
} as const;

export type Vendor = keyof typeof names;

/**
 * Those that are driven through their pages: each asks for a name and a password there, and has a lane, which closes when a
 * page is another one.
 */
export const pageVendors = ['cole', 'clay', 'bison'] as const satisfies readonly Vendor[];
export type PageVendor = (typeof pageVendors)[number];

const isVendor = (word: string): word is Vendor => Object.hasOwn(names, word);

/** As people read it. Rows may hold the word of a vendor that another version knows: it is said as it stands there. */
export const vendorName = (word: string): string => (isVendor(word) ? names[word] : word);
