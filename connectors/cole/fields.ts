import { pickerIn, setExactly } from '../browser/controls/picker.ts';
import type { Task } from '../browser/form.ts';
import type { Surface } from '../browser/surface.ts';
import { wantedFields } from './options.ts';
import { openers } from './selectors.ts';

/** Exactly the 13 fields in the file, every other one off. */
export function fieldsTask(surface: Surface): Task {
  return {
    name: 'field selection',
    openers: [...openers.advanced, ...openers.fields],
    need: 'look for', // Some pages ask for the fields only when the file is made; `export` insists.
    here: (survey) => {
      if (!pickerIn(survey, wantedFields)) return null;
      return async () => {
        const { stuck } = await setExactly(surface, 'field selection', wantedFields, (now) =>
          pickerIn(now, wantedFields),
        );
        if (stuck.length > 0)
          surface.log.info(
            { vendor: surface.vendor, fields: stuck.length },
            'the page keeps more fields on than asked for',
          );
      };
    },
  };
}
