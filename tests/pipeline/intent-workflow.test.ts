import { describe, expect, test } from '@jest/globals';
import { DataMismatch, InvalidInput, NeedsHuman, Retryable } from '../../pipeline/errors.ts';
import { intentDefaults } from '../../pipeline/intent/config.ts';
import type { Batch } from '../../pipeline/ports/intent.ts';
import type { Delivery, Mail } from '../../pipeline/ports/mail.ts';
import type { RunContext } from '../../pipeline/workflow.ts';
import { chooseContacts, enrich, type EnrichPorts } from '../../pipeline/workflows/intent/contacts.ts';
import { deliver, type DeliveryPorts } from '../../pipeline/workflows/intent/delivery.ts';
import { paid, type PaidPorts } from '../../pipeline/workflows/intent/paid.ts';
import { intent } from '../../pipeline/workflows/intent/intent.ts';
import { makeContext } from '../../src/runs/context.ts';
import { companyId, contact, details, hit, personId, scored } from '../intent/samples.ts';
import { untouched } from '../support/intent-ports.ts';
import { sampleBatch, sampleBudget, sampleIntentRun } from '../support/intent-samples.ts';
import { refuse } from '../support/run-context.ts';

type Draw = NonNullable<Awaited<ReturnType<PaidPorts['credits']['find']>>>;

const away = () => new Retryable('NETWORK', 'database: away');
const to = ['callers@northwind.example', 'sales@northwind.example'];
const settings = { mail: { recipients: to, domain: 'northwind.example', missing: [], retryMs: 60_000 } };

/** The runner's own context over a memory of its own; of the ports only what the test says. */
async function contextOf<Used>(
  ports: Used,
  run = sampleIntentRun({ status: 'running' }),
): Promise<RunContext<null, Used>> {
  const nothing = () => Promise.resolve();
  const runs = { steps: () => Promise.resolve([]), stepDone: nothing, stepStarted: nothing };
  const context = await makeContext({
    run,
    client: null,
    ports,
    store: { runs, approvals: { ask: refuse, ofRound: refuse } },
    signal: new AbortController().signal,
    clock: { now: () => run.askedAt },
    approvalDays: 7,
    retries: { times: 3, firstMs: 1 },
    onProgress: () => undefined,
    onRetry: () => undefined,
  });
  return { ...context, client: null };
}

describe('the delivery', () => {
  const everybody: Delivery = { recipients: to.map((address) => ({ address, outcome: 'accepted', reply: '250' })) };

  /** @param notes what becomes of the first tellings of an outcome, before the others go through */
  function delivering(send: (mail: Mail) => Promise<Delivery>, notes: (Error | undefined)[] = []) {
    let batch: Batch = sampleBatch({ deliveredBy: null, recipients: {} });
    const seen = { sent: 0, delivered: false };
    const ports: DeliveryPorts = {
      settings,
      notices: { file: () => Promise.resolve(), filePosted: refuse },
      files: { read: () => Promise.resolve({ bytes: Buffer.from('x'), type: 'text/csv' }) },
      credits: { budget: () => Promise.resolve(sampleBudget()) },
      mail: {
        send: (mail) => {
          seen.sent += 1;
          return send(mail);
        },
      },
      intentBatches: {
        get: () => Promise.resolve(batch),
        origin: () => Promise.resolve(sampleIntentRun()),
        top: () => Promise.resolve([]),
        delivered: () => Promise.resolve((seen.delivered = true)),
        noteRecipients: (_id, recipients) => {
          const sending = Object.values(recipients).some(({ outcome }) => outcome === 'sending');
          const trouble = sending ? undefined : notes.shift();
          if (trouble) return Promise.reject(trouble);
          batch = { ...batch, recipients: { ...batch.recipients, ...recipients } };
          return Promise.resolve(batch.recipients);
        },
      },
    };
    const outcomes = () => Object.values(batch.recipients).map(({ outcome }) => outcome);
    return { seen, outcomes, deliver: async () => deliver(await contextOf(ports), batch.id, 'email') };
  }

  test('a database that is away after the mail was taken makes it maybe sent, never sent again', async () => {
    const it = delivering(() => Promise.resolve(everybody), [away()]);
    expect(await it.deliver()).toMatch(/maybe sent/);
    expect(it.seen).toEqual({ sent: 1, delivered: false });
    expect(it.outcomes()).toEqual(['maybe', 'maybe']);
  });

  test('a mail server that is away got nothing: the run sleeps until it is asked again', async () => {
    const it = delivering(() => Promise.reject(new Retryable('NETWORK', 'the server is away')));
    await expect(it.deliver()).rejects.toThrow(/asleep/);
    expect(it.outcomes()).toEqual(['temporary', 'temporary']);
  });

  test.each<[string, Error, readonly string[]]>([
    ['a login that is refused', new NeedsHuman('AUTH', 'no login'), ['temporary', 'temporary']],
    ['settings that cannot be used', new InvalidInput('no address'), ['temporary', 'temporary']],
    ['what says nothing about the mail', new DataMismatch('who knows'), ['sending', 'sending']],
  ])('%s is thrown, and what is known of the mail stays', async (_what, error, outcomes) => {
    const it = delivering(() => Promise.reject(error));
    await expect(it.deliver()).rejects.toBe(error);
    expect(it.outcomes()).toEqual(outcomes);
    expect(it.seen).toEqual({ sent: 1, delivered: false });
  });
});

describe('a paid call', () => {
  const answer = {
    records: [],
    unmatched: [],
    empty: [],
    unreadable: {},
    credits: 1,
    missingFields: [],
    refusedFields: [],
  };

  /** Credits as rows. @param lost what is heard of the first drawing instead of the word that it is written */
  function books(lost: Error | null) {
    const draws = new Map<string, Draw>();
    let told = false;
    const set =
      (state: Draw['state']) =>
      (_run: string, name: string, credits = 1, result: unknown = null) => {
        draws.set(name, { state, credits, result });
        return Promise.resolve();
      };
    const credits = {
      draw: async (run: string, name: string, some: number) => {
        await set('open')(run, name, some);
        if (told || lost === null) return;
        told = true;
        throw lost;
      },
      cancel: (_run: string, name: string) => Promise.resolve(void draws.delete(name)),
      unsettle: set('unsettled'),
      settle: set('spent'),
      find: (_run: string, name: string) => Promise.resolve(draws.get(name) ?? null),
      budget: () => Promise.resolve(sampleBudget()),
    };
    const ports: PaidPorts = {
      credits,
      notices: { budgetAlert: () => Promise.resolve() },
      zoominfo: { enrichContacts: refuse, enrichCompanies: refuse },
    };
    return { draws, ports };
  }
  const call = (ask: () => void) => ({
    name: 'enrich contacts 1',
    what: 'enrichment of contacts',
    credits: 1,
    ask: () => {
      ask();
      return Promise.resolve(answer);
    },
    brings: () => ({}),
  });

  test('whose drawing was written and never confirmed is drawn again: ZoomInfo was not asked yet', async () => {
    let asked = 0;
    const { draws, ports } = books(away());
    await paid(
      await contextOf(ports),
      intentDefaults,
      call(() => (asked += 1)),
    );
    expect(asked).toBe(1);
    expect(draws.get('enrich contacts 1')).toMatchObject({ state: 'spent' });
  });

  test('that the database refuses to draw leaves the books as they are, for the draw may be another’s', async () => {
    const { draws, ports } = books(new Error('"enrich contacts 1" was drawn before'));
    const run = paid(
      await contextOf(ports),
      intentDefaults,
      call(() => undefined),
    );
    await expect(run).rejects.toThrow('was drawn before');
    expect(draws.get('enrich contacts 1')).toMatchObject({ state: 'open' });
  });

  test('that is to wait longer than the connector does is waited for by the run, with its credits given back', async () => {
    const { draws, ports } = books(null);
    const drawn: number[] = [];
    const busy = new Retryable('RATE_LIMITED', 'fewer calls', { retryAfterMs: 20 });
    await paid(await contextOf(ports), intentDefaults, {
      ...call(() => undefined),
      ask: () => {
        drawn.push(draws.size);
        return drawn.length < 4 ? Promise.reject(busy) : Promise.resolve(answer);
      },
    });
    expect(drawn).toEqual([1, 1, 1, 1]);
    expect(draws.get('enrich contacts 1')).toMatchObject({ state: 'spent' });
  });
});

test('what the search shows of a person goes with the choice', async () => {
  const best = hit({ id: personId('11'), companyId: companyId('340'), title: 'Facilities Manager', accuracy: 98 });
  const ports = {
    zoominfo: { searchContacts: () => Promise.resolve({ contacts: [best], unreadable: {}, cutOff: [] }) },
  };
  const companies = [{ companyId: companyId('340'), scored: scored() }];
  expect((await chooseContacts(await contextOf(ports), intentDefaults, companies)).contacts).toEqual([
    { companyId: '340', personId: '11', title: 'Facilities Manager', accuracy: 98 },
  ]);
});

test('who must not be written to is no lead, is counted, and his company is not paid for', async () => {
  const asked: string[] = [];
  const ann = contact({ id: personId('11'), email: 'Ann@Acme.example' });
  const bob = contact({ id: personId('12'), email: 'bob@acme.example' });
  const nameless = contact({ id: personId('13'), email: null });
  const ports: EnrichPorts = {
    ...untouched,
    intentBook: {
      contacts: () => Promise.resolve(new Map([ann, bob, nameless].map((one) => [one.id, one]))),
      details: (ids) => {
        asked.push(...ids);
        return Promise.resolve(new Map(ids.map((id) => [id, details({ id })])));
      },
    },
    suppressions: {
      among: (emails) => Promise.resolve(new Set(emails.filter((one) => one === 'ann@acme.example'))),
    },
  };
  const shown = { title: 'Office Manager', accuracy: 95 };
  const chosen = ['11', '12', '13'].map((id) => ({
    companyId: companyId(`34${id}`),
    personId: personId(id),
    ...shown,
  }));
  const done = await enrich(await contextOf(ports), intentDefaults, { contacts: chosen, noContact: 0, odd: [] });
  expect(done.contacts.map(({ personId: id }) => id)).toEqual(['12', '13']);
  expect(done).toMatchObject({ suppressed: 1, missing: 0 });
  expect(asked).toEqual(['3412', '3413']);
});

test.each([
  [
    ['sales@', 'ann@northwind.example'],
    /recipient 1 of 2 in EMAIL_RECIPIENTS is no e-mail address\. Nothing was spent/,
  ],
  [['Kim', '<kim@northwind.example>'], /recipients 1, 2 of 2 in EMAIL_RECIPIENTS are no e-mail address/],
])('recipients that are none (%j) are named before anything is asked for or spent', async (recipients, words) => {
  const context = await contextOf({ ...untouched, settings: { mail: { ...settings.mail, recipients } } });
  await expect(intent(context, { noEmail: false })).rejects.toThrow(words);
});
