/** `35,204`. */
export const number = (value: number): string => value.toLocaleString('en-US');

/** `1 list`, `1,204 leads`. */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${number(value)} ${value === 1 ? one : many}`;
