/** What becomes of the vendor's words when it changes them without a word: old name → new, by path. */
const renamings: Readonly<Record<string, readonly [string, string]>> = {
  '/search/intent': ['signalScore', 'intentScore'],
  '/search/contact': ['contactAccuracyScore', 'accuracyScore'],
  '/enrich/contact': ['companyId', 'organisationId'],
  '/enrich/company': ['employeeCount', 'headcount'],
};

/** The criterion or output field that each call stops to accept when none is named. */
const retired: Readonly<Record<string, string>> = {
  '/search/intent': 'sicCodes',
  '/search/contact': 'excludePartialProfiles',
  '/enrich/contact': 'mobilePhone',
  '/enrich/company': 'primaryIndustry',
};

export function goneField(path: string, fault: boolean | string): string | null {
  if (typeof fault === 'string') return fault;
  return fault ? (retired[path] ?? null) : null;
}

/** The answer with one field of each record under another name (and a nested company's id with it). */
export function renamed(path: string, answer: unknown): unknown {
  const [from, to] = renamings[path] ?? ['', ''];
  return rename(answer, from, to, path === '/enrich/contact');
}

function rename(value: unknown, from: string, to: string, hideCompany: boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => rename(one, from, to, hideCompany));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name === from ? to : hideCompany && name === 'company' ? 'organisation' : name,
      rename(inner, from, to, hideCompany),
    ]),
  );
}
