/** What the auto-player prints: lines that stay, and one that moves. */
export type Terminal = {
  say(line: string): void;
  progress(line: string): void;
};

export function makeTerminal(started: number, out: NodeJS.WriteStream): Terminal {
  const live = out.isTTY;
  let moving = '';
  let last = 0;
  const stamp = () => {
    const seconds = Math.floor((Date.now() - started) / 1000);
    return `${String(Math.floor(seconds / 60)).padStart(2)}:${String(seconds % 60).padStart(2, '0')}`;
  };
  return {
    say(line) {
      if (live && moving !== '') out.write('\r\u001b[K');
      moving = '';
      for (const one of line.split('\n')) out.write(`${stamp()}  ${one}\n`);
    },
    progress(line) {
      if (line === moving) return;
      if (live) out.write(`\r\u001b[K${stamp()}  ${line}`.slice(0, out.columns + 3));
      // Where nothing can move (a log file), a line every few seconds is enough.
      else if (Date.now() - last > 5_000) {
        last = Date.now();
        out.write(`${stamp()}  ${line}\n`);
      }
      moving = line;
    },
  };
}
