import { BrokenCircuitError, circuitBreaker, ConsecutiveBreaker, handleWhen } from 'cockatiel';
import PQueue from 'p-queue';
import { z } from 'zod';
import { InvalidInput, NeedsHuman, Retryable } from '../../pipeline/errors.ts';
import { AnswerLost, UnexpectedAnswer } from '../../pipeline/ports/zoominfo.ts';
import { again, longestWait } from '../api/again.ts';
import { exchange, type Answer } from '../api/exchange.ts';
import { FailedTry } from '../api/failed-try.ts';
import { NotJson, parsed } from '../api/json.ts';
import type { Log } from '../browser/log.ts';
import type { Call } from './call.ts';
import { bodyOf } from './refusal.ts';
import { makeToken } from './token.ts';

export type Login = { readonly username: string; readonly secret: string };

export type CallOptions = {
  /** `https://api.zoominfo.com`. */
  readonly url: string;
  /** Asked at each sign-in: what a person has set since counts. */
  readonly credentials: () => Promise<Login>;
  readonly log: Log;
  /** The machine's clock, milliseconds. */
  readonly clock: () => number;
  /** For one answer, milliseconds. */
  readonly timeoutMs: number;
  /** Before the second try, milliseconds; then twice as long each time, and up to twice that by chance. */
  readonly firstRetryMs: number;
  /** Tries in a row that may fail before ZoomInfo is left alone, and for how long (milliseconds). */
  readonly breaker: { readonly failures: number; readonly restMs: number };
};

export type Calls = {
  /** A call that costs nothing. @returns the answer's JSON @throws as the port says of free calls */
  free(call: Call): Promise<unknown>;
  /**
   * A call that costs. Tried again only where the vendor certainly did nothing.
   * @param credits the most it can cost
   * @throws AnswerLost where it may have been done, else as `free`
   */
  paid(call: Call, credits: number): Promise<unknown>;
};

/**
 * docs/vendors.md#zoominfo-limits: 25 a second, one sign-in a second. A tenth longer, for calls that catch up with
 * those before.
 */
const second = 1_100;
const callsASecond = 25;
const retries = 3;
/**
 * What is asked for is waited for up to `longestWait` here, else by the run, which waits no longer than this: three such
 * waits must fit into the quarter of an hour a job on GitHub has.
 */
const longestWaitOfRun = 3 * 60_000;

/** ZoomInfo's Enterprise API as calls: signed in, paced, tried again, and left alone when it is down. */
export function makeCalls(options: CallOptions): Calls {
  const { url, log, clock, timeoutMs, firstRetryMs, breaker } = options;
  const pace = new PQueue({ interval: second, intervalCap: callsASecond, strict: true });
  const signInPace = new PQueue({ interval: second, intervalCap: 1, strict: true, concurrency: 1 });
  const outages = handleWhen((error) => error instanceof FailedTry);
  const circuit = circuitBreaker(outages, {
    halfOpenAfter: breaker.restMs,
    breaker: new ConsecutiveBreaker(breaker.failures),
  });

  /**
   * One try that has an answer in the end. Outages are thrown, so that the circuit breaker counts them; 429 is
   * returned, because a vendor that asks to wait is not down.
   */
  const ask = (queue: PQueue, call: Call, token: string | null): Promise<Answer> =>
    circuit.execute(() =>
      queue.add(async () => {
        const { method, path, body } = call;
        const what = { vendor: 'ZoomInfo', what: path, method, url: `${url}${path}`, token, body };
        const answer = await exchange({ ...what, timeoutMs, clock });
        if (answer.status === 408 || answer.status >= 500) bodyOf(answer, call);
        return answer;
      }),
    );

  const persist = async <T>(call: Call, work: () => Promise<T>, mayTryAgain: (failed: FailedTry) => boolean) => {
    const onAgain = ({ kind }: FailedTry, retriesLeft: number) =>
      log.warn({ path: call.path, kind, retriesLeft }, 'a call to ZoomInfo failed');
    try {
      return await again({ retries, firstMs: firstRetryMs, mayTryAgain, onAgain }, work);
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      const rest = Math.round(breaker.restMs / 1000);
      throw new Retryable(
        'NETWORK',
        `ZoomInfo failed ${breaker.failures} times in a row and is left alone for ${rest} seconds; nothing was sent`,
        { retryAfterMs: breaker.restMs, exhausted: true },
      );
    }
  };

  const signIn = async (): Promise<string> => {
    const { username, secret } = await options.credentials();
    const call: Call = { method: 'POST', path: '/authenticate', body: { username, password: secret } };
    const knock = async () => {
      const answer = await ask(signInPace, call, null);
      if (answer.status === 429) bodyOf(answer, call);
      return answer;
    };
    try {
      return tokenIn(await persist(call, knock, () => true));
    } catch (error) {
      // Made Retryable here already: a paid call that waits for the token would otherwise take a lost sign-in for a
      // lost answer of its own.
      throw error instanceof FailedTry ? retryable(error) : error;
    }
  };
  const token = makeToken({ signIn, clock });

  /** A token that ran out is replaced once; a second refusal is about the login. */
  const signedIn = async (call: Call): Promise<unknown> => {
    const held = await token.get();
    const answer = await ask(pace, call, held);
    if (answer.status !== 401) return bodyOf(answer, call);
    token.drop(held);
    log.info({ path: call.path }, 'the token of ZoomInfo had run out; signing in again');
    return bodyOf(await ask(pace, call, await token.get()), call);
  };

  return {
    async free(call) {
      try {
        return await persist(
          call,
          () => signedIn(call),
          () => true,
        );
      } catch (error) {
        if (error instanceof NotJson) throw new UnexpectedAnswer(call.path, [error.problem]);
        throw error instanceof FailedTry ? retryable(error) : error;
      }
    },
    async paid(call, credits) {
      try {
        return await persist(
          call,
          () => signedIn(call),
          (failed) => !failed.mayBeDone,
        );
      } catch (error) {
        if (error instanceof NotJson) throw new AnswerLost(error.message, credits);
        if (!(error instanceof FailedTry)) throw error;
        throw error.mayBeDone ? new AnswerLost(error.message, credits, { cause: error }) : retryable(error);
      }
    },
  };
}

function retryable({ kind, message, retryAfterMs, cause }: FailedTry): Retryable {
  const wait = retryAfterMs ?? 0;
  const asks = wait > longestWaitOfRun ? `, and asks to be left alone for ${Math.ceil(wait / 60_000)} minutes` : '';
  return new Retryable(kind, `${message}${asks}`, {
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    // Up to the shorter wait it was tried four times here.
    exhausted: wait <= longestWait || wait > longestWaitOfRun,
    cause,
  });
}

const SignedIn = z.object({ jwt: z.string().min(1) });

/** The token; of a refusal only the status is told, for the answer may repeat the login. */
function tokenIn({ status, text }: Answer): string {
  if (status >= 200 && status < 300) {
    const said = SignedIn.safeParse(parsed(text));
    if (said.success) return said.data.jwt;
    throw new UnexpectedAnswer('/authenticate', ['jwt: missing']);
  }
  if (status === 404 || status === 405 || status === 410 || (status >= 300 && status < 400)) {
    throw new InvalidInput(`ZoomInfo answered ${status} to the sign-in; nothing was asked for or charged`, {
      todo: 'Check ZOOMINFO_URL, and whether ZoomInfo has retired this API.',
    });
  }
  throw new NeedsHuman('AUTH', `ZoomInfo refuses the login (${status}); nothing was asked for or charged`, {
    todo: 'Set the login anew (`credentials set zoominfo`, or ZOOMINFO_CLIENT_ID and _SECRET), then run it again.',
  });
}
