/** One piece of work at a time for each name, in the order in which they were asked for. */
export type OneAtATime = (name: string, work: () => Promise<void>) => Promise<void>;

export function oneAtATime(): OneAtATime {
  const last = new Map<string, Promise<void>>();
  return (name, work) => {
    const mine = (last.get(name) ?? Promise.resolve()).then(work);
    const over = mine
      .catch(() => undefined)
      .finally(() => {
        if (last.get(name) === over) last.delete(name);
      });
    last.set(name, over);
    return mine;
  };
}
