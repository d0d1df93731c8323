/**
 * "The current workspace" of the super-admin token, and of each web login: one for the whole instance, whoever asks, and
 * a switch takes its time. Meanwhile every request still lands in the old one.
 */
export type Current = {
  id(): number;
  /** A switch was asked for and is not through. */
  switching(): boolean;
  /** @returns when it will be through, machine milliseconds. */
  switchTo(workspace: number, lagMs: number): number;
};

export function makeCurrent(first: number): Current {
  let id = first;
  let pending: { readonly id: number; readonly at: number } | null = null;
  const settle = () => {
    if (!pending || Date.now() < pending.at) return;
    id = pending.id;
    pending = null;
  };
  return {
    id() {
      settle();
      return id;
    },
    switching() {
      settle();
      return pending !== null;
    },
    switchTo(workspace, lagMs) {
      settle();
      pending = { id: workspace, at: Date.now() + lagMs };
      return pending.at;
    },
  };
}
