/** Whole milliseconds. */
export type Stretch = {
  /** The longest time between two beats: nobody else was served in it, be it for our work or for other processes'. */
  readonly ms: number;
  /** The most processor time that this process, with all its threads, had between two beats: our own part in it. */
  readonly ownMs: number;
};

const beatMs = 2;

/** Runs `work` with a timer of 2 ms beating beside it. */
export async function longestStretch(
  work: () => Promise<unknown>,
): Promise<{ readonly seconds: number; readonly stretch: Stretch }> {
  const spent = () => process.cpuUsage();
  let last = { at: performance.now(), used: spent() };
  let stretch: Stretch = { ms: 0, ownMs: 0 };
  const beat = () => {
    const now = { at: performance.now(), used: spent() };
    const ms = Math.round(now.at - last.at);
    const used = now.used.user + now.used.system - last.used.user - last.used.system;
    stretch = { ms: Math.max(ms, stretch.ms), ownMs: Math.max(Math.round(used / 1_000), stretch.ownMs) };
    last = now;
  };
  const timer = setInterval(beat, beatMs);
  const begun = performance.now();
  try {
    await work();
  } finally {
    // The last stretch ends here, not at a beat.
    beat();
    clearInterval(timer);
  }
  return { seconds: (performance.now() - begun) / 1_000, stretch };
}
