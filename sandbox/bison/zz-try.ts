import { chromium } from 'playwright';
import { startBison } from './index.ts';
const bison = await startBison({
  workspaces: [
    {
      id: 7,
      name: 'Lakeside Insurance Group',
      token: 't7',
      allowPersonalDomains: true,
      customVariables: ['dob', 'street address', 'city', 'state', 'zip', 'renewal date', 'cellphone', 'home value'],
    },
    { id: 9, name: 'Prairie Mutual Agency', token: 't9', allowPersonalDomains: true },
  ],
  login: { email: 'ops@northwind.example', password: 'pw' },
  now: () => Date.parse('2027-01-04T15:00:00Z'),
  waits: { processMsPer1000: 300, workspaceSwitchMs: 300, syncMs: 1000 },
  campaigns: {
    7: [
      { name: 'Evergreen, Last Upload: January 22–31', leads: 11240 },
      { name: 'Referral partners', status: 'paused', leads: 310 },
      { name: 'B2B spring', status: 'draft' },
    ],
  },
});
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
page.on('console', (m) => m.type() === 'error' && console.log('console', m.text()));
page.on('pageerror', (e) => console.log('pageerror', e.message));
const redesign = process.argv[2] === 'redesign';
if (redesign)
  await fetch(bison.url + '/_control/fault', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"redesign":true}',
  });
let n = 0;
const shot = async (name: string) =>
  page.screenshot({ path: `/tmp/bison-shots/${redesign ? 'r' : ''}${String(++n).padStart(2, '0')}-${name}.png` });
const by = (text: string) => page.getByText(text, { exact: true }).first();
await page.goto(bison.url);
await page.waitForSelector('input[type=password]');
await shot('sign-in');
await page.locator('input[type=email]').fill('ops@northwind.example');
await page.locator('input[type=password]').fill('pw');
await page.locator('button[type=submit]').click();
await page.waitForURL('**/portals');
await by(redesign ? 'Go' : 'Open').waitFor();
await shot('portals');
await by(redesign ? 'Go' : 'Open').click();
await page.waitForURL('**/campaigns');
await page.getByText('Evergreen').waitFor();
await shot('campaigns');
await by(redesign ? 'Audience' : 'Contacts').click();
await page.waitForURL('**/contacts');
await page.getByText('No lists').waitFor();
await by(redesign ? 'Bring in people' : 'Import new contacts').click();
await page.waitForURL('**/import');
await shot('import');
let csv = 'First name,Last name,Email,DOB,Street address,City,State,ZIP,Renewal Date,Cellphone,Home Value,lead_id\r\n';
for (let i = 0; i < 3750; i++)
  csv += `Ann${i},Lowe,ann${i}@mail.example.com,1970-01-01,${i} Elm St,Frisco,TX,75034,2027-02-03,+12145550100,450000,L${i}\r\n`;
csv += 'Bad,Row,nope,,,,,,,,,\r\n';
await page
  .locator('input[type=file]')
  .setInputFiles({ name: 'week1.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
await page.getByText('week1.csv').waitFor();
await page.locator('.field input').fill('(February 1st - 7th renewals)');
await shot('dropped');
await by(redesign ? 'Next' : 'Continue').click();
await by(redesign ? 'Match columns' : 'Map fields').waitFor();
await page.setViewportSize({ width: 1280, height: 1200 });
await shot('map');
await by(redesign ? 'Begin' : 'Import contacts').click();
await page.waitForURL('**/lists/*');
await page.waitForTimeout(600);
await page.setViewportSize({ width: 1280, height: 800 });
await shot('progress');
await page.locator('.chip.processed').first().waitFor();
await shot('list');
await by(redesign ? 'Audience' : 'Contacts').click();
await page.locator('.chip.processed').first().waitFor();
await shot('lists');
await by(redesign ? 'Outreach' : 'Campaigns').click();
await page.getByText('Evergreen').click();
await page.getByText('11,240').waitFor();
await page.getByText(redesign ? 'Manage' : 'Actions').click();
await shot('actions');
await by(redesign ? 'Extend audience' : 'Add more contacts').click();
await page.waitForTimeout(300);
await shot('add');
if (!redesign) {
  await page.locator('select').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('Contacts are being added').waitFor();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('switch', { name: 'Open tracking' }).waitFor();
  await shot('settings');
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await shot('rename');
}
console.log(JSON.stringify(bison.stats(), null, 1).slice(0, 3000));
await browser.close();
await bison.close();
