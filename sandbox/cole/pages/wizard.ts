import { stateNames, states } from '../../households/places.ts';
import { listTypes } from '../query.ts';
import type { Draft } from '../sessions.ts';
import { alert, radios, submit } from './controls.ts';
import { markup, type Markup, type Part } from '../../markup.ts';
import type { Skin } from './skin.ts';

const steps = [
  ['states', '/Search/States'],
  ['listType', '/Search/ListType'],
  ['zips', '/Search/ZipCodes'],
  ['summary', '/Search/Summary'],
] as const;
type Step = (typeof steps)[number][0];

/** The steps on the left, and the way to the advanced options at the top right. */
export function wizard(skin: Skin, at: Step, error: Part, body: Part): Markup {
  return markup`<div class="heading"><h1>${skin.say(at)}</h1>
      <a class="advanced" href="/Search/Advanced">${skin.say('advanced')}</a></div>
    <div class="columns"><ol class="steps">${steps.map(
      ([step, link]) =>
        markup`<li class="${step === at ? 'current' : 'other'}"${step === at && markup` aria-current="step"`}><a href="${link}">${skin.say(step)}</a></li>`,
    )}</ol><div class="panel">${alert(error)}${body}</div></div>`;
}

export function statesPage(skin: Skin, licensed: string, draft: Draft, error: Part): Markup {
  const boxes = states.map((state) => {
    const off = state !== licensed;
    return markup`<div class="choice${off && ' off'}"><input type="checkbox" id="cblStates_${state}" name="states" value="${state}"
      ${off && markup` disabled title="Not in your subscription"`}${draft.state === state && markup` checked`}>
      <label for="cblStates_${state}">${stateNames[state]}</label></div>`;
  });
  return wizard(
    skin,
    'states',
    error,
    markup`<p>Select the states to search. States outside your subscription are greyed out.</p>
    <form method="post" action="/Search/States"><fieldset class="states"><legend>${skin.say('states')}</legend>${boxes}</fieldset>
    <div class="buttons">${submit(skin.say('next'))}</div></form>`,
  );
}

const about: Record<(typeof listTypes)[number], string> = {
  Emailing: 'Homeowners for e-mail campaigns, with purchase date',
  Telemarketing: 'Homeowners with a listed phone number',
  'Direct Mail': 'Homeowners by property address',
  'New Movers': 'Homes bought last year or this year',
};

export function listTypePage(skin: Skin, draft: Draft, error: Part): Markup {
  const options = listTypes.map((type) => ({
    value: type,
    text: skin.custom && type === 'Emailing' ? 'E-mail outreach' : type,
  }));
  return wizard(
    skin,
    'listType',
    error,
    markup`<form method="post" action="/Search/ListType">
    ${radios('listType', skin.say('listType'), options, draft.listType)}
    <dl class="about">${listTypes.map((type) => markup`<dt>${type === 'Emailing' ? options[0]?.text : type}</dt><dd>${about[type]}</dd>`)}</dl>
    <div class="buttons">${submit(skin.say('next'))}</div></form>`,
  );
}

export function zipsPage(skin: Skin, zips: string, error: Part): Markup {
  return wizard(
    skin,
    'zips',
    error,
    markup`<form method="post" action="/Search/ZipCodes">
    <div class="field"><label for="ctl00_Main_txtZips">${skin.say('zipsLabel')}</label>
      <textarea id="ctl00_Main_txtZips" name="zips" rows="7" aria-describedby="zipsHint">${zips}</textarea>
      <span class="hint" id="zipsHint">Five digits each, separated by commas, no spaces. Example: 10001,10002,10003</span></div>
    <div class="field"><label for="ctl00_Main_fileZips">${skin.say('upload')}</label>
      <input type="file" id="ctl00_Main_fileZips" accept=".txt,.csv,text/plain" data-fills="zips"></div>
    <div class="buttons">${submit(skin.say('next'))}</div></form>`,
  );
}

export function summaryPage(
  skin: Skin,
  draft: Draft,
  filters: readonly string[],
  missing: readonly ('states' | 'listType' | 'zips')[],
): Markup {
  const listed = draft.zips.length > 40 ? `${draft.zips.slice(0, 40).join(', ')} …` : draft.zips.join(', ');
  return wizard(
    skin,
    'summary',
    false,
    markup`<dl class="sheet"><dt>${skin.say('states')}</dt><dd>${draft.state ? stateNames[draft.state] : '–'}</dd>
      <dt>${skin.say('listType')}</dt><dd>${draft.listType ?? '–'}</dd>
      <dt>${skin.say('zips')}</dt><dd>${draft.zips.length} selected<div class="hint">${listed}</div></dd>
      <dt>${skin.say('outputFields')}</dt><dd>${draft.fields.length} fields<div class="hint">${draft.fields.join(', ')}</div></dd>
      <dt>${skin.say('filters')}</dt><dd>${filters.length === 0 ? 'None' : filters.map((filter) => markup`<div>${filter}</div>`)}</dd></dl>
    ${missing.length > 0 && markup`<p class="hint">Still to choose: ${missing.map((step) => skin.say(step)).join(', ')}</p>`}
    <form method="post" action="/Search/Run"><div class="buttons">${submit(skin.say('search'), { off: missing.length > 0 })}</div></form>`,
  );
}
