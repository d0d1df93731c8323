import { Unexpected } from '../../errors.ts';
import { listName } from '../../evergreen-title.ts';
import type { Bison, LeadList, Workspace } from '../../ports/bison.ts';
import type { RenewalWindow } from '../../vocabulary.ts';

export type ChosenName = {
  readonly name: string;
  /** Lists that bore the usual name already: another year's, or somebody's own. */
  readonly others: readonly Pick<LeadList, 'name' | 'createdAt'>[];
};

/** Names that were all taken: somebody has to tidy up. */
const mostTries = 9;

/**
 * A name no list bears: `(February 1st - 7th renewals)`, with the year where another year's list has it
 * (docs/sop.md#list-names), and numbered where that one is taken too. So a list of that name that is there later is
 * ours and no other.
 */
export async function freeName(
  bison: Bison,
  workspace: Workspace,
  window: RenewalWindow,
  part: number,
): Promise<ChosenName> {
  const others: LeadList[] = [];
  const names = [
    listName(window, { part }),
    listName(window, { part, year: true }),
    ...Array.from({ length: mostTries }, (_, more) => listName(window, { part: part + more + 1, year: true })),
  ];
  for (const name of names) {
    const found = await bison.findLists(workspace, name);
    if (found.length === 0)
      return { name, others: others.map(({ name: taken, createdAt }) => ({ name: taken, createdAt })) };
    others.push(...found);
  }
  throw new Unexpected(`Every name for the list of ${window.start} is taken in this workspace.`);
}
