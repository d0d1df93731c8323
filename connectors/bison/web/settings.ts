import type { CampaignSettings } from '../../../pipeline/ports/bison.ts';
import { awaitThing, reach } from '../../browser/find.ts';
import type { Ladder } from '../../browser/ladder.ts';
import type { Seen } from '../../browser/seen.ts';
import type { Survey } from '../../browser/survey.ts';
import type { Surface } from '../../browser/surface.ts';
import { toCount } from '../schema.ts';
import * as on from '../selectors.ts';
import { goInto } from './pages.ts';

/** A page of settings shows at least this many of them. */
const enough = 2;

/**
 * What the open campaign is set to, as far as its pages show it: on the page it opened on, or on its settings. Named as the
 * API names it; nothing where they show nothing.
 */
export async function readSettings(surface: Surface): Promise<CampaignSettings> {
  const shown = (survey: Survey) => {
    const settings = settingsIn(survey);
    return Object.keys(settings).length >= enough ? settings : null;
  };
  const here = await awaitThing(surface, shown, 0);
  if (here) return here;
  // The campaign's own settings: those of the site are in its navigation.
  if (!(await goInto(surface, on.campaignSettings, ({ place }) => place !== 'navigation'))) return {};
  return (await awaitThing(surface, shown, surface.patience.thing / 2)) ?? {};
}

function settingsIn(survey: Survey): CampaignSettings {
  const settings: Record<string, boolean | number | string> = {};
  for (const [name, what] of Object.entries(on.settings)) {
    const value = valueIn(survey, what);
    if (value !== null) settings[name] = value;
  }
  return settings;
}

function valueIn(survey: Survey, what: Ladder): boolean | number | string | null {
  const near = (found: { seen: Seen; fit: { distance: number } }) => found.fit.distance < 3;
  const tick = reach(survey, what, ['checkbox', 'toggle']).find(near)?.seen;
  if (tick) return tick.checked;
  const field = reach(survey, what, ['text', 'select', 'combobox']).find(near)?.seen;
  if (!field) return null;
  return field.type === 'number' ? toCount(field.value) : field.value;
}
