import PQueue from 'p-queue';
import { checkSentence, type LoginCheck, type LoginOutcome } from '../../check-facts.ts';
import { InvalidInput } from '../../errors.ts';
import { isMeant } from '../../logins.ts';
import { VendorSilent } from '../../ports/logins.ts';
import type { Using } from '../../ports/using.ts';
import type { Client } from '../../vocabulary.ts';
import type { RunContext, Workflow } from '../../workflow.ts';
import { sideBySide } from '../side-by-side.ts';

export type CheckPorts = Using<{ logins: true; notices: 'facts' }>;

/** Each is a browser. */
const mostAtOnce = 3;

/** Every vendor login signs in, reaches the page its work begins on, and leaves. One that does not stops none of the others. */
export const check: Workflow<'check', Client | null, CheckPorts> = async (context, { login: asked }) => {
  const { ports, step, progress } = context;
  const known = await step('logins', () => ports.logins.all());
  const wanted = asked === null ? known : known.filter(({ login }) => isMeant(login, asked));
  if (asked !== null && wanted.length === 0) {
    throw new InvalidInput(`The login "${asked}" is not there any more.`, {
      todo: 'Nothing was looked at. "/leadops check" looks at those that are there.',
    });
  }
  const checks: LoginCheck[] = wanted.map((one) => ({ ...one, ...notYet }));
  const show = makeShow(context, checks);
  const queue = new PQueue({ concurrency: mostAtOnce });
  await show('tell the logins');
  await sideBySide(wanted, (one) =>
    queue.add(async () => {
      const outcome = await outcomeOf(context, one.login);
      checks[wanted.indexOf(one)] = { ...one, ...outcome };
      progress({ phase: 'Logins', done: checks.filter(isDone).length, of: checks.length, unit: 'logins' });
      await show(`tell ${one.login}`);
    }),
  );
  return { outcome: checkSentence(checks), check: { logins: checks } };
};

const notYet = { state: 'waiting', says: '', todo: '', type: null, mend: null } as const;
const isDone = ({ state }: LoginCheck) => state !== 'waiting';

/** The step has tried again by now: a vendor that still does not answer is what was found, and the run does not wait for it. */
async function outcomeOf({ ports, step }: RunContext<Client | null, CheckPorts>, login: string): Promise<LoginOutcome> {
  try {
    return await step(`check ${login}`, () => ports.logins.check(login));
  } catch (error) {
    if (!(error instanceof VendorSilent)) throw error;
    return {
      state: 'failed',
      says: `does not answer (${error.message})`,
      todo: 'As far as can be seen nothing is wrong with the login. When the vendor is back, press "Check again".',
      type: error.kind,
      mend: 'check again',
    };
  }
}

/** What is known by now, one telling after the other: an older one must not overtake a newer one. */
function makeShow({ run, ports, step }: RunContext<Client | null, CheckPorts>, checks: readonly LoginCheck[]) {
  let last: Promise<void> = Promise.resolve();
  return (name: string): Promise<void> => {
    last = last.then(() => step(name, () => ports.notices.facts(run.id, { check: { logins: checks } })));
    return last;
  };
}
