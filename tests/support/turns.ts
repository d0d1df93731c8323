/** How many turns others had while the work went on: those who waited for one again and again. */
export async function turnsOfOthers(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const wait = () =>
    void setImmediate(() => {
      if (isOver) return;
      turns += 1;
      wait();
    });
  wait();
  try {
    await work();
  } finally {
    isOver = true;
  }
  return turns;
}
