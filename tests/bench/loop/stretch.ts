/** The longest time nobody else was served, and what the processor did for this process in it. Whole milliseconds. */
export type Stretch = { readonly ms: number; readonly processorMs: number };

const beatMs = 2;

/** Runs `work` with a timer of 2 ms beating beside it. The processor time is that of all threads of the process. */
export async function longestStretch(
  work: () => Promise<unknown>,
): Promise<{ readonly seconds: number; readonly stretch: Stretch }> {
  const spent = () => process.cpuUsage();
  let last = { at: performance.now(), used: spent() };
  let stretch: Stretch = { ms: 0, processorMs: 0 };
  const beat = () => {
    const now = { at: performance.now(), used: spent() };
    const ms = Math.round(now.at - last.at);
    const used = now.used.user + now.used.system - last.used.user - last.used.system;
    if (ms > stretch.ms) stretch = { ms, processorMs: Math.round(used / 1_000) };
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
