const thousands = new Intl.NumberFormat('en-US');
const plurals = new Intl.PluralRules('en-US');

/** `35,204`. */
export function number(value: number): string {
  return thousands.format(value);
}

/** `1 list`, `1,204 leads`. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${plurals.select(value) === 'one' ? one : many}`;
}
