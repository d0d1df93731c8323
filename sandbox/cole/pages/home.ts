import { stateNames } from '../../households/places.ts';
import type { ColeLogin } from '../settings.ts';
import { markup, type Markup } from '../../markup.ts';
import type { Skin } from './skin.ts';

export type RecentSearch = {
  readonly at: string;
  readonly state: string;
  readonly zips: number;
  readonly listType: string;
  readonly count: number;
};

export function homePage(skin: Skin, { username, state }: ColeLogin, recent: readonly RecentSearch[]): Markup {
  return markup`<h1>Welcome back</h1><div class="columns"><div class="panel">
    <h2>Build a list</h2><p>Choose states, a type of list and ZIP codes, then see how many records match. Counts are free.</p>
    <p><a class="button primary" href="/Search/New">${skin.say('newSearch')}</a></p></div>
    <div class="panel side"><h2>Your subscription</h2><dl><dt>Account</dt><dd>${username}</dd><dt>State</dt><dd>${stateNames[state] ?? state}</dd>
      <dt>Products</dt><dd>X Dates, Emailing</dd></dl></div></div>
    <div class="panel"><h2><a id="recent"></a>${skin.say('recent')}</h2>${
      recent.length === 0
        ? markup`<p class="hint">Nothing yet.</p>`
        : markup`<table class="grid"><thead><tr><th>Date</th><th>State</th><th>List</th><th class="number">Areas</th><th class="number">Count</th></tr></thead><tbody>${recent
            .slice(-8)
            .reverse()
            .map(
              (search) => markup`<tr><td>${search.at}</td><td>${search.state}</td><td>${search.listType}</td>
              <td class="number">${search.zips}</td><td class="number">${search.count.toLocaleString('en-US')}</td></tr>`,
            )}</tbody></table>`
    }</div>`;
}

export function helpPage(): Markup {
  return markup`<div class="panel"><h1>Help</h1><dl><dt>How many records may a download hold?</dt>
    <dd>Fewer than 10,000. Split larger lists by ZIP code or with the filters.</dd>
    <dt>Why are other states greyed out?</dt><dd>Every state subscription has its own log in.</dd>
    <dt>I forgot my password</dt><dd>Please call Customer Service at 1-800-555-0100.</dd></dl></div>`;
}
