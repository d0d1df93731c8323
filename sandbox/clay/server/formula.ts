/**
 * The formula generator. The real one is a language model; this one understands what a person would type for the SOP's
 * three columns, in its words or others, and can be told to be subtly wrong.
 */
export type FormulaKind = 'number' | 'readable' | 'day';
export type Formula = {
  readonly kind: FormulaKind;
  readonly sourceId: string;
  /** What the panel shows; the work is done by `compute`. */
  readonly text: string;
  readonly wrong: boolean;
};
type Named = { readonly id: string; readonly name: string };

const loose = (text: string): string => text.toLowerCase().replace(/[_\s]+/g, ' ');

/** The column a prompt means: after a slash, else named in the text; `Home_Value` and `Home Value` sound alike. */
export function findReference(prompt: string, columns: readonly Named[]): Named | null {
  const longestFirst = [...columns].sort((a, b) => b.name.length - a.name.length);
  const starts = [...prompt.matchAll(/\//g)].map(({ index }) => prompt.slice(index + 1));
  for (const rest of starts) {
    const exact = longestFirst.find(({ name }) => rest.startsWith(name));
    if (exact) return exact;
  }
  for (const rest of starts) {
    const close = longestFirst.find(({ name }) => loose(rest).startsWith(loose(name)));
    if (close) return close;
  }
  return longestFirst.find(({ name }) => loose(prompt).includes(loose(name))) ?? null;
}

/** What a prompt asks for; `null` when it cannot be told. */
export function findKind(prompt: string): FormulaKind | null {
  const text = prompt.toLowerCase();
  const asksForDayOfMonth = /day (number )?(of|in) (the |that |its )?month|day[- ]of[- ]month/.test(text);
  const withoutThat = text.replace(/day (number )?(of|in) (the |that |its )?month|day[- ]of[- ]month/g, '');
  if (/\bmonth\b|readable|ordinal|in words/.test(withoutThat)) return 'readable';
  if (asksForDayOfMonth || /\b(only|just|return|give me|extract|take)\b[^.]*\bday\b/.test(text)) return 'day';
  if (/number|numeric|digit|integer|whole dollars/.test(text)) return 'number';
  return null;
}

/** @returns `null` where the generator would ask for a better description */
export function generate(
  prompt: string,
  columns: readonly Named[],
  wrong: (kind: FormulaKind) => boolean,
): Formula | null {
  const kind = findKind(prompt);
  const source = findReference(prompt, columns);
  if (!kind || !source) return null;
  const text = {
    number: `Number({{${source.name}}}?.replace(/[^0-9.]/g, "")) || ""`,
    readable: `moment({{${source.name}}}, "MM/DD/YYYY").format("MMMM Do")`,
    day: `moment({{${source.name}}}, "MM/DD/YYYY").date()`,
  }[kind];
  const isWrong = wrong(kind);
  const slipped = {
    number: `${text.slice(0, -6)}.slice(0, 3) || ""`,
    readable: text.replace('MM/DD', 'DD/MM'),
    day: text.replace('MM/DD', 'DD/MM'),
  };
  return { kind, sourceId: source.id, text: isWrong ? slipped[kind] : text, wrong: isWrong };
}

const months = 'January February March April May June July August September October November December'.split(' ');

/** One cell. Blank or unreadable gives blank. */
export function compute({ kind, wrong }: Formula, value: string): string {
  if (kind === 'number') {
    const digits = value.replace(/[^0-9.]/g, '');
    if (digits === '' || Number.isNaN(Number(digits))) return '';
    // The slip of a real generator: right below a million, `$1,250,000` becomes 125.
    return wrong && Number(digits) >= 1_000_000 ? digits.slice(0, 3) : String(Number(digits));
  }
  const date = readDate(value);
  if (!date) return '';
  // Swapped where both could be a month, so most rows still look right.
  const { month, day } = wrong && date.day <= 12 ? { month: date.day, day: date.month } : date;
  return kind === 'day' ? String(day) : `${months[month - 1] ?? ''} ${ordinal(day)}`;
}

function readDate(value: string): { month: number; day: number } | null {
  const american = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(value);
  const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})/.exec(value);
  const month = Number(american?.[1] ?? iso?.[2]);
  const day = Number(american?.[2] ?? iso?.[3]);
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? { month, day } : null;
}

export function ordinal(day: number): string {
  const teen = day % 100 >= 11 && day % 100 <= 13;
  const suffix = teen ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[day % 10] ?? 'th');
  return `${day}${suffix}`;
}
