import { shortId } from '../../pipeline/run.ts';
import type { Command } from 'commander';
import { count } from '../../blocks/kit.ts';
import { InvalidInput } from '../../pipeline/errors.ts';
import { cancel } from '../operations/cancel.ts';
import { copyEvidence } from '../operations/evidence.ts';
import { openLane } from '../operations/open-lane.ts';
import { retry } from '../operations/retry.ts';
import { typedPageVendor, typedRun } from '../operations/typed.ts';
import { shell } from '../operations/who.ts';
import { printing, verb } from './verb.ts';
import { pageVendors, vendorName } from '../../pipeline/vendors.ts';

const typedAs = (form: string) => ({ form: `\`leadops ${form}\``, nothing: 'Nothing was done.' });

/** Verbs about runs that are there; the running app does the work. */
export function runVerbs(program: Command): void {
  verb(
    program,
    'changes',
    'cancel <run>',
    'cancel a run; it stops at its next safe point',
    printing(async (deps, id: string) => {
      const run = await typedRun(deps, id, typedAs('cancel <run>'));
      await cancel(deps, shell(), { run });
      return `Run ${shortId(run.id)} is canceled.`;
    }),
  );
  verb(
    program,
    'changes',
    'retry <run>',
    'take a failed run up again; the running app does the work',
    printing(async (deps, id: string) => {
      const run = await typedRun(deps, id, typedAs('retry <run>'));
      await retry(deps, shell(), { run });
      return `Run ${shortId(run.id)} is queued again.`;
    }),
  );
  verb(
    program,
    'changes',
    'evidence <folder>',
    'copy what was seen when something failed (errors, pictures, page structures, traces; no person in them) into a folder',
    printing(async (deps, folder: string, { hours: typed }: { hours: string }) => {
      const hours = Number(typed);
      if (!Number.isInteger(hours) || hours < 1) {
        throw new InvalidInput(`"${typed}" is no number of hours.`, {
          todo: 'Write it as --hours 24. Nothing was copied.',
        });
      }
      return (await copyEvidence(deps, shell(), { folder, hours })).says;
    }),
  ).option('--hours <hours>', 'how far back', '24');
  const lanes = program.command('lanes').description('vendors that take no work because their page changed');
  verb(
    lanes,
    'changes',
    'open <vendor...>',
    `somebody looked: let the vendor (${pageVendors.join(', ')}) take work again`,
    printing(async (deps, words: readonly string[]) => {
      const vendor = typedPageVendor(words.join(' '), typedAs('lanes open <vendor>'));
      const { opened, woken } = await openLane(deps, shell(), { vendor });
      const go =
        woken.length === 0
          ? ''
          : ` ${count(woken.length, 'run')} that waited for it ${woken.length === 1 ? 'goes' : 'go'} on.`;
      if (opened) return `${vendorName(vendor)} takes work again.${go}`;
      return `${vendorName(vendor)} was not closed.${go === '' ? ' Nothing was changed.' : go}`;
    }),
  );
}
