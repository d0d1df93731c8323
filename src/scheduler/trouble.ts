import { moment } from '../../blocks/kit.ts';
import type { ClockTrouble } from './parts.ts';

/** A clock's trouble in words, and a name that is the same as long as it is the same trouble. */
export function clockTrouble(trouble: ClockTrouble): { purpose: string; text: string } {
  switch (trouble.kind) {
    case 'was ahead': {
      const { was, now, gone, started } = trouble.taken;
      const runs =
        started > 0 ? ` ${started} due times of then started a run already; please look at /leadops runs.` : '';
      return {
        purpose: `clock was ahead, ${was.toISOString()}`,
        text: `🕰️ The clock was ahead: the calendar had been looked at up to ${moment(was)}. It goes on from ${moment(now)}; ${gone} due times noted too early were taken back and come again in their time.${runs} Please check the clock of the machine.`,
      };
    }
    case 'behind':
      return {
        purpose: `clock is behind, ${trouble.looked.toISOString()}`,
        text: `🕰️ The clock says ${moment(trouble.now)}, long before the calendar was looked at last (${moment(trouble.looked)}). Nothing is started by the calendar until it is right. Please set the clock of the machine.`,
      };
    case 'long absence':
      return {
        purpose: `nobody looked since ${trouble.last.toISOString()}`,
        text: `🕰️ Nobody looked at the calendar from ${moment(trouble.last)} on. What was due before ${moment(trouble.from)} was not started and is not named one by one: please look what of it is still wanted (\`/leadops schedule\`, \`/leadops runs\`).`,
      };
    case 'disagrees':
      return {
        purpose: `clock disagrees, ${trouble.now.toISOString().slice(0, 10)}`,
        text: `🕰️ The clock of a machine LeadOps runs on says ${moment(trouble.now)}; the database is hours away from that. The calendar starts nothing on that machine until they agree. Please set its clock.`,
      };
  }
}
