/** E.164 of the North American plan as the dialler wants it, `(214) 555-0142`; `''` for anything else. */
export function diallerPhone(phone: string | null): string {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone ?? '') ?? [];
  return line === undefined ? '' : `(${area}) ${exchange}-${line}`;
}
