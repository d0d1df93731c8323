import { fields } from '../columns.ts';
import type { Household } from '../../households/household.ts';
import { alert, checkBox, radios, submit } from './controls.ts';
import { markup, type Markup, type Part } from '../../markup.ts';
import type { Skin } from './skin.ts';

export function workingPage(title: string, detail: string): Markup {
  return markup`<div class="panel working"><h1>${title}</h1><p role="status">${detail}</p><div class="progress"><span></span></div></div>`;
}

const shown = ['First Name', 'Last Name', 'City', 'Zip', 'Purchase Date', 'Home Value'] as const;

export function resultsPage(skin: Skin, count: number, preview: readonly Household[], error: Part): Markup {
  const columns = shown.flatMap((label) => fields.find((field) => field.label === label) ?? []);
  const rows = preview.map(
    (household) =>
      markup`<tr>${columns.map(({ label, value }) => markup`<td>${veiled(label, value(household))}</td>`)}</tr>`,
  );
  return markup`<div class="heading"><h1>${skin.say('results')}</h1><a class="advanced" href="/Search/Summary">${skin.say('refine')}</a></div>${alert(error)}
    <div class="panel"><p class="count"><strong>${count.toLocaleString('en-US')} ${skin.say('records')}</strong> match your search.</p>
    ${
      count > 0 &&
      markup`<form method="post" action="/Export/Start"><div class="tools">
        ${checkBox({ id: 'ctl00_Main_chkAll', name: 'all', label: skin.say('selectAll') }, { attributes: markup` data-enables` })}
        <span class="spring"></span>${submit(skin.say('download'), { off: true })}</div></form>
      <table class="grid"><caption>Preview</caption><thead><tr>${columns.map(({ label }) => markup`<th scope="col">${label}</th>`)}</tr></thead>
        <tbody>${rows}</tbody></table>`
    }</div>`;
}

export function formatPage(skin: Skin, count: number, error: Part): Markup {
  return markup`<h1>${skin.say('downloadTitle')}</h1>${alert(error)}<div class="panel narrow">
    <p>${count.toLocaleString('en-US')} ${skin.say('records')} selected.</p>
    <form method="post" action="/Export/Prepare">
      ${radios(
        'format',
        skin.say('format'),
        [
          { value: 'tab', text: skin.say('tab') },
          { value: 'csv', text: skin.say('csv') },
        ],
        'tab',
      )}
      ${checkBox({ id: 'ctl00_Main_chkHeaders', name: 'headers', label: skin.say('withHeaders') })}
      <div class="buttons">${submit(skin.say('start'))}<a href="/Search/Results">Cancel</a></div></form></div>`;
}

/** Enough to see that the list is the right one, not enough to use. */
function veiled(label: string, value: string): string {
  return label === 'Last Name' && value.trim() !== '' ? `${value.trim().slice(0, 1)}.` : value;
}
