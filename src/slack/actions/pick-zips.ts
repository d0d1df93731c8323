import { z } from 'zod';
import { loadingModal, messageModal, pickZipsModal, type Pick } from '../../../blocks/modals.ts';
import { placeName } from '../../../pipeline/gap/place-name.ts';
import { openReport, pickZips as pick } from '../../operations/pick-zips.ts';
import { person } from '../../operations/who.ts';
import type { SlackDeps } from '../deps.ts';
import type { Click } from './click.ts';

/** The modal opens at once (Slack's trigger lives three seconds) and fills when the ZIPs are there. */
export async function openPickZips(deps: SlackDeps, click: Click): Promise<void> {
  const [runId = '', round = ''] = click.value.split('|');
  const viewId = await click.openModal(loadingModal('Pick ZIPs'));
  if (!viewId) return;
  const report = await openReport(deps, runId, Number(round));
  if (!report) {
    return click.updateModal(
      viewId,
      messageModal('Pick ZIPs', 'This report is over. Start the pull again for new suggestions.'),
    );
  }
  const picks = report.picks.flatMap(({ zip, state = '', miles, middle, preApproved = false }): Pick[] =>
    zip === undefined ? [] : [{ zip, state, miles, middle, preApproved, place: placeName(zip) }],
  );
  await click.updateModal(viewId, pickZipsModal({ runId, round: Number(round), gap: report.gap, picks }));
}

export const PickMetadata = z.object({ runId: z.string(), round: z.number() });

/** What is wrong with what was typed, by Slack's block id; checked before the modal closes. */
export function typedErrors(typed: string, chosen: readonly string[]): Record<string, string> {
  const words = typedWords(typed);
  const bad = words.filter((word) => !/^\d{5}$/.test(word));
  if (bad.length > 0) return { typed: `Not five digits: ${bad.slice(0, 5).join(', ')}` };
  if (words.length === 0 && chosen.length === 0) return { typed: 'Choose at least one ZIP, or type one.' };
  return {};
}

const typedWords = (typed: string) => typed.split(/[\s,;]+/).filter((word) => word !== '');

/** The window came back. */
export async function pickZips(
  deps: SlackDeps,
  click: Click,
  request: z.output<typeof PickMetadata> & { chosen: readonly string[]; typed: string },
): Promise<void> {
  const { runId, round, chosen, typed } = request;
  const zips = [...new Set([...chosen, ...typedWords(typed)])];
  const left = await pick(deps, person(click.user), { runId, round, zips });
  if (left !== null) await click.tell(left);
}
