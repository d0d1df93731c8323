import { afterAll, expect, test } from '@jest/globals';
import { chooseOption } from '../../connectors/browser/controls/choose.ts';
import { fill } from '../../connectors/browser/controls/fill.ts';
import { pickerIn, setExactly } from '../../connectors/browser/controls/picker.ts';
import { press } from '../../connectors/browser/controls/press.ts';
import { range, rangeIn, boundsOf } from '../../connectors/browser/controls/range.ts';
import { tick, tickIn } from '../../connectors/browser/controls/tick.ts';
import { upload } from '../../connectors/browser/controls/upload.ts';
import { awaitThing } from '../../connectors/browser/find.ts';
import { attribute, inGroup, ladder } from '../../connectors/browser/ladder.ts';
import { look } from '../../connectors/browser/survey.ts';
import type { Surface } from '../../connectors/browser/surface.ts';
import { option } from '../../connectors/browser/words.ts';
import { startBrowser } from './session-deps.ts';
import { noted, showPage } from './page.ts';

const browser = startBrowser();
afterAll(() => browser.close());

const listType = ladder('type of list', 'Type of list', attribute(/list-?type/i));
const emailing = option('Emailing');
const note = (expression: string) => `window.noted = ${expression}`;

/** Every way we know a page to ask for one of several things; each notes what was chosen. */
const choices: Readonly<Record<string, string>> = {
  'a select with a label': `<label>Type of list <select onchange="${note('this.value')}"><option>Consumer<option>Emailing</select></label>`,
  'a select in the next cell of a table': `<table><tr><td>Type of List:</td><td><select onchange="${note('this.value')}"><option>Consumer<option>Emailing</select></td></tr></table>`,
  'a select nobody labelled': `<p>Step 2</p><select onchange="${note('this.value')}"><option>Consumer<option>Emailing</select>`,
  'radio buttons under a legend': `<fieldset><legend>Type of list</legend><label><input type=radio name=a>Consumer</label><label><input type=radio name=a onchange="${note("'Emailing'")}">Emailing</label></fieldset>`,
  'radio buttons hidden behind painted cards': `<div>List type*</div><div style="display:none">list type</div><h3>Type of list</h3>${['Consumer', 'Emailing'].map((text) => `<label style="border:1px solid"><input type=radio name=a style="position:absolute;opacity:0;width:1px" onchange="${note(`'${text}'`)}">${text}</label>`).join('')}`,
  'ARIA radios': `<div role=radiogroup aria-label="Type of list">${['Consumer', 'Emailing'].map((text) => `<div role=radio aria-checked=false tabindex=0 onclick="this.setAttribute('aria-checked','true');${note(`'${text}'`)}">${text}</div>`).join('')}</div>`,
  'an ARIA combobox with a list at the end of the page': `<span id=l>Type of list</span><div role=combobox aria-labelledby=l aria-expanded=false tabindex=0 onclick="if(!document.querySelector('[role=listbox]'))document.body.insertAdjacentHTML('beforeend','<div role=listbox><div role=option>Consumer</div><div role=option>Emailing</div></div>');document.querySelectorAll('[role=option]').forEach(o=>o.onclick=()=>{this.textContent=o.textContent;window.noted=o.textContent;o.parentNode.remove()})">Consumer</div>`,
  'a list that fades, and opens anew for whoever presses its box meanwhile': `<span id=l>Type of list</span><div role=combobox aria-labelledby=l tabindex=0 id=c onclick="m.hidden=false;${note("'opened'")}">Consumer</div><div role=listbox id=m hidden>${['Consumer', 'Emailing'].map((text) => `<div role=option onclick="c.textContent='${text}';${note(`'${text}'`)};setTimeout(()=>{m.hidden=true},250)">${text}</div>`).join('')}</div>`,
  'a drop-down made of plain boxes': `<div>Type of list</div><div style="cursor:pointer" id=d onclick="m.hidden=!m.hidden">Choose…</div><div id=m hidden>${['Consumer', 'Emailing'].map((text) => `<div style="cursor:pointer" onclick="d.textContent='${text}';m.hidden=true;${note(`'${text}'`)}">${text}</div>`).join('')}</div>`,
  'a drop-down with a search box': `<label for=q>Type of list</label><button id=q aria-haspopup=listbox aria-expanded=false onclick="p.hidden=false">Any</button><div id=p hidden><input placeholder=Search oninput="setTimeout(()=>{r.innerHTML=this.value?'<div role=option onclick=take(this)>Emailing</div>':''},80)"><div id=r role=listbox></div></div><script>function take(o){q.textContent=o.textContent;p.hidden=true;window.noted='Emailing'}</script>`,
  'tick boxes of which another one is on': `<div><b>Type of list</b><br><label><input type=checkbox checked>Consumer</label><label><input type=checkbox onchange="${note("document.querySelectorAll(':checked').length === 1 && 'Emailing'")}">Emailing</label></div>`,
  'buttons in a row, the chosen one painted': `<style>.on{background:navy;color:white}</style><p>Type of list</p><div>${['Consumer', 'Phone', 'Emailing'].map((text) => `<button onclick="document.querySelectorAll('button').forEach(b=>b.className='');this.className='on';${note(`'${text}'`)}">${text}</button>`).join('')}</div>`,
  'pressed buttons': `<div role=group aria-label="Type of list">${['Consumer', 'Emailing'].map((text) => `<button aria-pressed=false onclick="this.setAttribute('aria-pressed','true');${note(`'${text}'`)}">${text}</button>`).join('')}</div>`,
  tabs: `<div role=tablist aria-label="Type of list"><button role=tab aria-selected=true>Consumer</button><button role=tab aria-selected=false onclick="this.setAttribute('aria-selected','true');${note("'Emailing'")}">Emailing</button></div>`,
  'a menu button that names its value': `<button aria-haspopup=menu aria-expanded=false onclick="m.hidden=false">Type of list: Consumer ▾</button><div role=menu id=m hidden><div role=menuitemradio aria-checked=true>Consumer</div><div role=menuitemradio aria-checked=false onclick="this.setAttribute('aria-checked','true');document.querySelector('button').textContent='Type of list: Emailing ▾';${note("'Emailing'")}">Emailing</div></div>`,
  'a field with suggestions': `<label>Type of list <input list=s onchange="${note('this.value')}"></label><datalist id=s><option value=Consumer><option value=Emailing></datalist>`,
};

test.each(Object.keys(choices))('one of several is chosen from %s', async (build) => {
  const surface = await showPage(browser, choices[build] ?? '');
  await chooseOption(surface, listType, emailing);
  expect(await noted(surface)).toBe('Emailing');
  await surface.page.context().close();
});

test('of two options of one name, what they stand for tells which is meant', async () => {
  const surface = await showPage(
    browser,
    `<span id=l>Type of list</span><div role=combobox aria-labelledby=l tabindex=0 id=c onclick="m.hidden=false">Any</div><div role=listbox id=m hidden>${['7', '8'].map((value) => `<div role=option data-value=${value} onclick="c.textContent='Renewals';m.hidden=true;${note(`'${value}'`)}">Renewals</div>`).join('')}</div>`,
  );
  await chooseOption(surface, listType, { what: 'Renewals', says: ['8'], type: [] });
  expect(await noted(surface)).toBe('8');
  await surface.page.context().close();
});

test('a menu that closes under a pointer that jumps stays open', async () => {
  const surface = await showPage(
    browser,
    `<style>div{position:absolute;width:150px;padding:5px}</style><div id=t role=menuitem style="left:400px;top:20px">Insert column</div><div id=s role=menuitem style="left:200px;top:60px" onclick="${note("'Formula'")}">Formula</div><script>let x=0,left=false;t.onpointermove=e=>{left=e.clientX<x;x=e.clientX};t.onpointerleave=()=>{if(!left)s.remove()}</script>`,
  );
  await press(surface, ladder('insert', 'Insert column'));
  await press(surface, ladder('formula', 'Formula'));
  expect(await noted(surface)).toBe('Formula');
  await surface.page.context().close();
});

test('a control in a shadow tree and one in a frame are found like any other', async () => {
  const shadow = await showPage(
    browser,
    `<x-list></x-list><script>customElements.define('x-list', class extends HTMLElement { connectedCallback() { this.attachShadow({mode:'open'}).innerHTML='<label>Type of list <select onchange="${note('this.value')}"><option>Consumer<option>Emailing</select></label>' } })</script>`,
  );
  await chooseOption(shadow, listType, emailing);
  expect(await noted(shadow)).toBe('Emailing');
  const framed = await showPage(
    browser,
    `<iframe width=500 height=200 srcdoc="<label>Type of list <select onchange='parent.noted=this.value'><option>Consumer<option>Emailing</select></label>"></iframe>`,
  );
  await chooseOption(framed, listType, emailing);
  expect(await noted(framed)).toBe('Emailing');
});

test('a page that does not take the choice is not believed', async () => {
  const surface = await showPage(
    browser,
    `<label>Type of list <select onchange="this.value='Consumer'"><option>Consumer<option>Emailing</select></label>`,
  );
  await expect(chooseOption(surface, listType, emailing)).rejects.toMatchObject({ name: 'VendorChanged' });
});

test('what is not there is named in the words of the page', async () => {
  const surface = await showPage(browser, '<p>Nothing here</p>');
  await expect(chooseOption(surface, listType, emailing)).rejects.toMatchObject({
    lookedFor: 'type of list: Emailing',
    vendor: 'page',
  });
});

const zips = ladder('ZIP codes', 'ZIP codes', /\bzips?\b/, attribute(/zip/i));

test.each([
  ['a label', '<label for=z>Zip Code(s):</label><input id=z>'],
  ['a placeholder', '<textarea placeholder="ZIP codes, e.g. 75034,75035"></textarea>'],
  ['the text before it', '<div><p>ZIP Codes <small>(required)</small></p><div><textarea></textarea></div></div>'],
  ['its name', '<textarea name="ctl00$txtZipList"></textarea>'],
  [
    'a heading above several controls',
    '<section><h3>ZIP codes</h3><label><input type=checkbox>Exclude these</label><div contenteditable style="border:1px solid;min-height:20px"></div></section>',
  ],
])('a text field is found by %s', async (_how, body) => {
  const surface = await showPage(browser, `<label>City <input></label>${body}`);
  expect(await fill(surface, zips, '75034,75035')).toBe('75034,75035');
});

const headers = ladder('with headers', /\bheaders?\b/);
/** As a vendor's page is switched: found by its words, then set. */
const setTick = async (surface: Surface, on: boolean) => {
  const found = await awaitThing(surface, (survey) => tickIn(survey, headers), surface.patience.thing);
  if (!found) throw new Error('there is nothing to switch');
  await tick(surface, found.seen, on, headers.what);
};
test.each([
  [
    'a tick box',
    '<input type=checkbox id=c><label for=c>Include headers</label>',
    "document.querySelector('input').checked",
  ],
  [
    'a switch beside its text',
    `<div><span>Include headers</span><span role=switch aria-checked=false tabindex=0 style="display:inline-block;width:30px;height:15px;background:grey" onclick="this.ariaChecked=String(this.ariaChecked!=='true')"></span></div>`,
    "document.querySelector('[role=switch]').ariaChecked === 'true'",
  ],
  [
    'a tick box painted by its label',
    '<style>input{display:none}</style><label><input type=checkbox><i>☐</i> With headers</label>',
    "document.querySelector('input').checked",
  ],
  [
    'a pressed button',
    `<button aria-pressed=false onclick="this.ariaPressed=String(this.ariaPressed!=='true')">Headers</button>`,
    "document.querySelector('button').ariaPressed === 'true'",
  ],
])('%s is switched on and off', async (_kind, body, state) => {
  const surface = await showPage(browser, body);
  await setTick(surface, true);
  expect(await surface.page.evaluate(state)).toBe(true);
  await setTick(surface, true);
  expect(await surface.page.evaluate(state)).toBe(true);
  await setTick(surface, false);
  expect(await surface.page.evaluate(state)).toBe(false);
});

test('a switch that springs back is reported', async () => {
  const surface = await showPage(browser, '<label><input type=checkbox onclick="return false">With headers</label>');
  await expect(setTick(surface, true)).rejects.toMatchObject({ lookedFor: 'with headers switched on' });
});

const value = ladder('home value', 'Home value', /\bhome value\b/);
const money = (surface: Surface) =>
  surface.page.evaluate("[...document.querySelectorAll('input,select')].map(e => e.value)");
test.each([
  ['from and to', '<div><span>Home value</span> from <input> to <input></div>'],
  [
    'labels of their own',
    '<label>Minimum home value <input></label><label>Maximum home value <input></label><label>Minimum income <input></label>',
  ],
  [
    'placeholders in a row',
    '<div class=row><label>Est. Home Value</label><input placeholder=Min><input placeholder=Max></div><div class=row><label>Income</label><input placeholder=Min><input placeholder=Max></div>',
  ],
  ['a table', '<table><tr><th>Home Value</th><td><input> - <input></td></tr></table>'],
])('a range is set by %s', async (_how, body) => {
  const surface = await showPage(browser, body);
  await range(surface, value, 100_000, 250_000);
  expect(((await money(surface)) as string[]).slice(0, 2)).toEqual(['100000', '250000']);
  await range(surface, value, null, 250_000);
  expect(((await money(surface)) as string[])[0]).toBe('');
});

test('a range of selects chooses numbers however they are written, tells its bounds, and can be opened again', async () => {
  const ends = (end: string) =>
    `<select aria-label="Home value ${end}"><option value="">Any</option><option value=1>$100K<option value=2>$250,000<option value=3>$1M</select>`;
  const surface = await showPage(browser, ends('from') + ends('to'));
  await range(surface, value, 100_000, 250_000);
  expect(await money(surface)).toEqual(['1', '2']);
  await range(surface, value, null, null);
  expect(await money(surface)).toEqual(['', '']);
  const control = rangeIn(await look(surface), value);
  expect(control && boundsOf(control)).toEqual({ min: 100_000, max: 1_000_000 });
});

test('a field that cuts what is typed is not believed', async () => {
  const surface = await showPage(browser, '<div>Home value from <input maxlength=3> to <input></div>');
  await expect(range(surface, value, 100_000, null)).rejects.toMatchObject({ name: 'VendorChanged' });
});

const years = ladder('purchase year', 'Purchase year', inGroup(/\bpurchase\b/, /\byear\b/));
test('a list of single years takes a range of them', async () => {
  const surface = await showPage(
    browser,
    `<label>Purchase year <select multiple>${[2018, 2019, 2020, 2021].map((year) => `<option>${year}`).join('')}</select></label>`,
  );
  await range(surface, years, 2019, 2020);
  expect(await surface.page.evaluate("[...document.querySelectorAll('option:checked')].map(o => o.value)")).toEqual([
    '2019',
    '2020',
  ]);
});

const fields = ['First Name', 'Last Name', 'Email', 'City', 'Home Value'].map((name) => option(name));
test.each([
  [
    'tick boxes',
    ['First Name', 'Race', 'Last Name', 'Email', 'City', 'Home Value', 'Phone']
      .map((name) => `<label><input type=checkbox ${name === 'Race' ? 'checked' : ''} value="${name}">${name}</label>`)
      .join(''),
    "[...document.querySelectorAll('input:checked')].map(i => i.value)",
  ],
  [
    'a list of several',
    `<select multiple>${['First Name', 'Race', 'Last Name', 'Email', 'City', 'Home Value'].map((name) => `<option ${name === 'Race' ? 'selected' : ''}>${name}`).join('')}</select>`,
    "[...document.querySelectorAll('option:checked')].map(i => i.value)",
  ],
  [
    'two lists with arrows',
    `<div><select id=a multiple size=8>${['Last Name', 'Email', 'City', 'Home Value', 'Phone'].map((name) => `<option>${name}`).join('')}</select><button onclick="for(const o of [...a.selectedOptions])b.append(o)">→</button><button onclick="for(const o of [...b.selectedOptions])a.append(o)">←</button><select id=b multiple size=8><option>Race<option>First Name</select></div>`,
    '[...b.options].map(o => o.value)',
  ],
  [
    'chips',
    `<style>.on{background:gold}</style>${['First Name', 'Race', 'Last Name', 'Email', 'City', 'Home Value'].map((name) => `<span style="cursor:pointer;padding:4px" class="chip ${name === 'Race' ? 'on' : ''}" onclick="this.classList.toggle('on')">${name}</span>`).join('')}`,
    "[...document.querySelectorAll('.on')].map(i => i.textContent)",
  ],
])('exactly the wanted fields are left chosen among %s', async (_build, body, state) => {
  const surface = await showPage(browser, body);
  await setExactly(surface, 'fields', fields, (survey) => pickerIn(survey, fields));
  expect((await surface.page.evaluate<string[]>(state)).sort()).toEqual([
    'City',
    'Email',
    'First Name',
    'Home Value',
    'Last Name',
  ]);
});

const go = ladder('search button', 'Search', /^find\b/, attribute(/btn-search/i));
test.each([
  ['a button', `<button onclick="${note('1')}">Search</button>`],
  ['an input', `<input type=button value="SEARCH" onclick="${note('1')}">`],
  ['a picture with a title', `<a href="#" title="Search" onclick="${note('1')}"><svg width=20 height=20></svg></a>`],
  ['a plain box', `<div style="cursor:pointer" onclick="${note('1')}">Search</div>`],
  ['another word', `<button onclick="${note('1')}">Find records</button>`],
  ['nothing but its class', `<button class="btn-search" onclick="${note('1')}">🔍</button>`],
  [
    'a button that is enabled later',
    `<button disabled onclick="${note('1')}">Search</button><script>setTimeout(()=>document.querySelector('button').disabled=false,300)</script>`,
  ],
  [
    'a button under a cookie banner',
    `<button style="position:fixed;bottom:5px" onclick="${note('1')}">Search</button><div style="position:fixed;bottom:0;left:0;right:0;background:#333;color:white;padding:30px">We use cookies. <button onclick="this.parentNode.remove()">Accept</button></div>`,
  ],
  [
    'a button behind a welcome box',
    `<button onclick="${note('1')}">Search</button><div style="position:fixed;inset:0;background:#0006"><div role=dialog aria-modal=true style="background:white;margin:80px;padding:20px"><h2>Welcome to the new version!</h2><button onclick="this.closest('[style*=inset]').remove()">Got it</button></div></div>`,
  ],
])('%s is pressed', async (_build, body) => {
  const surface = await showPage(browser, body);
  await press(surface, go);
  expect(await noted(surface)).toBe(1);
});

const file = { name: 'zips.csv', mimeType: 'text/csv', buffer: Buffer.from('75034,75035\n') };
const zipFile = ladder('ZIP file', /\bzip\b/, attribute(/zip/i));
const chooseFile = ladder('choose file', /\b(choose|browse)\b/);
test.each([
  ['a file field', `<label>ZIP file <input type=file onchange="this.files[0].text().then(t=>window.noted=t)"></label>`],
  [
    'a hidden field behind a button',
    `<button onclick="f.click()">Choose file</button><input type=file id=f hidden onchange="this.files[0].text().then(t=>window.noted=t)">`,
  ],
  [
    'a field made on the spot',
    `<button onclick="const i=document.createElement('input');i.type='file';i.onchange=()=>i.files[0].text().then(t=>window.noted=t);i.click()">Browse…</button>`,
  ],
])('a file is given to %s', async (_build, body) => {
  const surface = await showPage(browser, body);
  await upload(surface, zipFile, chooseFile, file);
  await surface.page.waitForFunction('window.noted');
  expect(await noted(surface)).toBe('75034,75035\n');
});
