import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from '@jest/globals';
import { settle } from '../../connectors/browser/settle.ts';
import { look } from '../../connectors/browser/survey.ts';
import { startBrowser } from './session-deps.ts';
import { showPage } from './page.ts';

const browser = startBrowser();
afterAll(() => browser.close());

const wheel = '<span class="spinner" style="display:inline-block;width:16px;height:16px;border:2px solid"></span>';

test.each([
  ['a wheel over the page', `<main>${wheel}</main>`, true],
  ['a bar without an end', '<div role="progressbar" style="width:90px;height:8px;background:#ccc"></div>', true],
  ['words that say so', '<p role="status">Loading results…</p>', true],
  ['a table that is still to come', `<table><tr><td colspan="4">${wheel}</td></tr></table>`, true],
  ['a page at rest', '<main><button>Search</button></main>', false],
  ['rows whose e-mails are being checked', `<table><tr><td>Ann</td><td>${wheel}</td></tr></table>`, false],
  ['a grid whose column runs', `<div role="grid"><div role="columnheader">Email ${wheel}</div></div>`, false],
  [
    'a column that says how far it is',
    `<div role="progressbar" aria-valuenow="37" style="width:90px">${wheel} 37%</div>`,
    false,
  ],
])('%s: the page keeps a person waiting, or not', async (_, body, busy) => {
  const surface = await showPage(browser, body);
  expect((await look(surface)).busy).toBe(busy);
  await surface.page.context().close();
});

test('half a page keeps a person waiting: its way back is there before what it leads back from', async () => {
  let sendRest = () => {};
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.write(`<main><a class="advanced" href="/summary">Back</a><!--${'-'.repeat(4_096)}-->`);
    sendRest = () => void response.end('<button>Apply</button></main>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const surface = await showPage(browser, '');
  await surface.page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { waitUntil: 'commit' });
  await surface.page.getByText('Back').waitFor();
  expect((await look(surface)).busy).toBe(true);
  const settled = settle(surface);
  sendRest();
  expect((await settled).seen.map(({ own }) => own[0])).toEqual(['Back', 'Apply']);
  await surface.page.context().close();
  server.close();
});
