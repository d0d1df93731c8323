// How a workflow is left before its end without an error: the runner knows each by its type.

/** The run cannot go on before a person answered the round. Not an error: the runner parks it. */
export class Parked extends Error {
  readonly round: string;
  constructor(round: string) {
    super(`waiting for answers to "${round}"`);
    this.round = round;
  }
}

/** Nothing can be done before `milliseconds` from now. Not an error either: the runner queues it for then. */
export class Asleep extends Error {
  readonly milliseconds: number;
  constructor(milliseconds: number) {
    super(`asleep for ${milliseconds} ms`);
    this.milliseconds = milliseconds;
  }
}

/** Somebody asked to cancel, or another process took the run over. */
export class Stopped extends Error {}
