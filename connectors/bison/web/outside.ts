import { pressIn, type PressOptions } from '../../browser/controls/press.ts';
import type { Found } from '../../browser/find.ts';
import type { Ladder } from '../../browser/ladder.ts';
import type { Survey } from '../../browser/survey.ts';

/**
 * The thing to press that is no part of a listing. In a cell only where there is none elsewhere: old-fashioned pages are laid
 * out in tables.
 */
export function pressOutside(survey: Survey, what: Ladder, { kinds, only }: PressOptions = {}): Found | undefined {
  const find = (inCells: boolean) =>
    pressIn(survey, what, {
      ...(kinds && { kinds }),
      only: (seen) =>
        seen.place !== 'column header' && (seen.place === 'cell') === inCells && (only?.(seen, survey) ?? true),
    });
  return find(false) ?? find(true);
}
