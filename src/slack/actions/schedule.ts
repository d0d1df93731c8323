import { hourLines } from '../../../blocks/schedule.ts';
import { Refused } from '../../operations/refused.ts';
import { setHour, typedHour } from '../../operations/set-hour.ts';
import { person } from '../../operations/who.ts';
import type { SlackDeps } from '../deps.ts';
import type { Click } from './click.ts';

const what = { form: '`/leadops schedule set <kind> <HH:MM>`', nothing: 'Nothing was changed.' };

/** **Use this hour** under the next five due times. */
export async function useHour(deps: SlackDeps, click: Click): Promise<void> {
  try {
    const preview = await setHour(deps, person(click.user), typedHour(click.value.split('|'), what));
    await click.dismiss(`Set. ${hourLines(preview)[0] ?? ''}`);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await click.dismiss(error.message);
  }
}
