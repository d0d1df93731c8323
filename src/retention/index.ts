import { schedule } from 'node-cron';
import { subDays } from 'date-fns';
import { agencyDay } from '../../pipeline/calendar/agency-day.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/index.ts';
import { sweepFiles } from './files.ts';

/** At the 17th minute of every hour; what is old is a function of the clock, so that nothing is missed by being down. */
const hourly = '17 * * * *';

export type RetentionOptions = {
  readonly store: Pick<Store, 'people' | 'files' | 'runs'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Days after the end of a renewal month (homeowners), after the day of a batch (intent), after an answer to a person. */
  readonly days: number;
  /** Days after a failure. */
  readonly traceDays: number;
};

/** What a sweep removed. */
export type Swept = {
  readonly months: number;
  readonly batches: number;
  /** Homeowners and contacts. */
  readonly people: number;
  /** Slack's rows that hold no words any more. */
  readonly messages: number;
  /** Failures without their pictures. */
  readonly traces: number;
  /** Kept files that no row named, or pictures past their time. */
  readonly unnamed: number;
  /** Files of failed runs among those in progress. */
  readonly work: number;
};

/**
 * Removes people whose time is over, and the pictures of old failures (docs/sop.md#retention; what is kept where is a
 * table in docs/people-data.md). Files go before the rows that name them: after a crash the next sweep finds the rows
 * still there. A month or a batch that a run is at is left alone.
 */
export async function sweep({ store, clock, days, traceDays }: RetentionOptions): Promise<Swept> {
  const day = agencyDay(subDays(clock.now(), days));
  const before = day.slice(0, 7);
  const open = await store.runs.open();
  let [months, people, traces] = [0, 0, 0];
  for (const { client, month } of await store.people.monthsWithPeople(before)) {
    if (open.some((run) => run.client === client && run.month === month)) continue;
    await store.files.discard(await store.people.filesOf(client, month));
    people += await store.people.retire(client, month);
    months += 1;
    await store.runs.audit({ who: 'retention', what: 'remove the people of a month', facts: { client, month } });
  }
  const batches = await store.people.batchesWithPeople(day);
  for (const { id, file_key: file } of batches) {
    await store.files.discard([file]);
    people += await store.people.retireBatch(id);
    await store.runs.audit({ who: 'retention', what: 'remove the people of a batch', subject: id });
  }
  const words = await store.people.retireWords(before, day, subDays(new Date(), days));
  people += words.contacts;
  // Failures bear the machine's time, whatever the business clock says.
  const old = subDays(new Date(), traceDays);
  for (let some = await store.people.oldTraces(old); some.length > 0; some = await store.people.oldTraces(old)) {
    await store.files.discard(some.flatMap(({ files }) => files));
    await store.people.tracesGone(some.map(({ id }) => id));
    traces += some.length;
  }
  const files = await sweepFiles(store, traceDays);
  return { months, batches: batches.length, people, messages: words.messages, traces, ...files };
}

export type Retention = { stop(): Promise<void> };

/** Sweeps every hour. A sweep that fails is done again by the next. */
export function startRetention(options: RetentionOptions): Retention {
  const { log } = options;
  let working: Promise<void> = Promise.resolve();
  const cron = schedule(
    hourly,
    () => {
      working = sweep(options).then(
        (swept) => {
          if (Object.values(swept).some((count) => count > 0)) log.info(swept, 'what was old is removed');
        },
        (error: unknown) => log.warn({ err: error }, 'what is old could not be removed; the next sweep tries again'),
      );
      return working;
    },
    { noOverlap: true },
  );
  return {
    async stop() {
      await cron.destroy();
      await working;
    },
  };
}
