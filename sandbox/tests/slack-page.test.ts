import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { App, LogLevel } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { Browser, Page } from 'playwright';
import { openBrowser } from '../chromium.ts';
import { startSlack, type SlackStandIn } from '../slack/index.ts';

const lakeside = 'C01LAKESIDE';
let slack: SlackStandIn;
let app: App;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  slack = await startSlack();
  app = new App({
    token: slack.botToken,
    appToken: slack.appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  behave(app);
  await app.start();
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
});
afterAll(async () => {
  await browser.close();
  await app.stop();
  await slack.close();
});

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const card = (words: string): KnownBlock[] => [
  { type: 'section', text: { type: 'mrkdwn', text: words } },
  {
    type: 'actions',
    elements: [
      {
        type: 'button',
        action_id: 'cancel',
        style: 'danger',
        text: plain('Cancel'),
        confirm: {
          title: plain('Cancel this run?'),
          text: plain('Nothing is lost.'),
          confirm: plain('Cancel the run'),
        },
      },
      { type: 'button', action_id: 'pick', text: plain('Pick ZIPs') },
    ],
  },
];
const zips = Array.from({ length: 100 }, (_, index) => ({
  text: plain(`${75000 + index}`),
  value: `${75000 + index}`,
}));
const pickZips: ModalView = {
  type: 'modal',
  callback_id: 'pick',
  title: plain('Pick ZIPs'),
  submit: plain('Pull these'),
  blocks: [
    {
      type: 'input',
      block_id: 'zips',
      label: plain('ZIPs'),
      element: { type: 'multi_static_select', action_id: 'zips', placeholder: plain('Search ZIP'), options: zips },
    },
    {
      type: 'input',
      block_id: 'reason',
      label: plain('Reason'),
      element: { type: 'plain_text_input', action_id: 'text', multiline: true },
    },
  ],
};

/** A small app of the kind this page is for. */
function behave(bolt: App): void {
  bolt.command('/pull-leads', async ({ ack, command, client, respond }) => {
    await ack();
    if (!command.text.startsWith('lakeside ')) {
      await respond(`There is no client “${command.text}”. Did you mean *lakeside*?`);
      return;
    }
    await client.chat.postMessage({ channel: command.channel_id, text: 'Pulling', blocks: card('*Pulling Lakeside*') });
  });
  bolt.action('cancel', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.message || !body.channel) return;
    const where = { channel: body.channel.id, ts: body.message.ts };
    await client.chat.update({ ...where, text: `Canceled by <@${body.user.id}>`, blocks: [] });
  });
  bolt.action('pick', async ({ ack, body, client }) => {
    await ack();
    if (body.type === 'block_actions') await client.views.open({ trigger_id: body.trigger_id, view: pickZips });
  });
  bolt.view('pick', async ({ ack, view, client }) => {
    const chosen = view.state.values['zips']?.['zips']?.selected_options ?? [];
    if (chosen.length > 1) return ack({ response_action: 'errors', errors: { zips: 'One ZIP at a time.' } });
    await ack();
    const reason = view.state.values['reason']?.['text']?.value ?? '';
    await client.chat.postMessage({ channel: lakeside, text: `Adding ${chosen[0]?.value ?? ''}: ${reason}` });
  });
  bolt.event('app_home_opened', async ({ event, client }) => {
    const { user } = await client.users.info({ user: event.user });
    const blocks: KnownBlock[] = [{ type: 'header', text: plain(`Hello ${user?.real_name ?? ''}`) }];
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
  });
}

test('a person works with the app through the page: command, confirm, modal, Home, and as someone else', async () => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(slack.url);
  const composer = page.getByLabel('Message #lakeside-leads');
  const log = page.getByRole('log', { name: 'Messages' });

  // A slash command, offered while it is typed; a mistake is answered privately.
  await composer.pressSequentially('/pu');
  await page.getByRole('option', { name: '/pull-leads' }).waitFor();
  await composer.press('Tab');
  await composer.pressSequentially('laksid 2027-03');
  await composer.press('Enter');
  await log.getByText('Only visible to you').waitFor();
  await log.getByText('There is no client “laksid 2027-03”').waitFor();
  await log.getByRole('button', { name: 'Dismiss' }).click();
  await log.getByText('Only visible to you').waitFor({ state: 'detached' });

  // The right one posts a card for everyone.
  await composer.fill('/pull-leads lakeside 2027-03');
  await composer.press('Enter');
  const posted = log.getByRole('article').filter({ hasText: 'Pulling Lakeside' });
  await posted.waitFor();

  // A modal: required fields, the app's own refusal, then sent.
  await posted.getByRole('button', { name: 'Pick ZIPs' }).click();
  const dialog = page.getByRole('dialog', { name: 'Pick ZIPs' });
  await dialog.getByRole('button', { name: 'Pull these' }).click();
  await dialog.getByText('Please complete this required field.').first().waitFor();
  await dialog.getByLabel('ZIPs').fill('75042');
  await page.getByRole('option', { name: '75042' }).click();
  await dialog.getByLabel('ZIPs').fill('75043');
  await page.getByRole('option', { name: '75043' }).click();
  await page.keyboard.press('Escape');
  await dialog.getByLabel('Reason').fill('Close by');
  await dialog.getByRole('button', { name: 'Pull these' }).click();
  await dialog.getByText('One ZIP at a time.').waitFor();
  await dialog.getByRole('button', { name: 'Remove 75043' }).click();
  await dialog.getByRole('button', { name: 'Pull these' }).click();
  await dialog.waitFor({ state: 'detached' });
  await log.getByText('Adding 75042: Close by').waitFor();

  // A button that asks first: no, then yes.
  const cancel = posted.getByRole('button', { name: 'Cancel' });
  await cancel.click();
  await page.getByRole('alertdialog', { name: 'Cancel this run?' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  expect(slack.stats().ackMs.list.filter((ack) => ack.name === 'cancel')).toEqual([]);
  await cancel.click();
  await page.getByRole('button', { name: 'Cancel the run' }).click();
  await log.getByText('Canceled by').waitFor();

  // A reply in a thread, where commands do not work.
  await log.getByRole('article').filter({ hasText: 'Canceled by' }).hover();
  await page.getByRole('button', { name: 'Reply in thread' }).last().click();
  const thread = page.getByRole('complementary', { name: 'Thread' });
  await thread.getByLabel('Reply in thread').fill('thanks');
  await thread.getByLabel('Reply in thread').press('Enter');
  await log.getByRole('button', { name: '1 reply' }).waitFor();
  await thread.getByLabel('Reply in thread').fill('/leadops status');
  await thread.getByLabel('Reply in thread').press('Enter');
  await thread.getByText('is not supported in threads').waitFor();

  // The app's Home, for this person and, after a switch, for another, who never saw the private notes.
  await page.getByRole('navigation', { name: 'Workspace' }).getByRole('button', { name: 'LeadOps' }).click();
  await page.getByRole('tabpanel', { name: 'Home' }).getByText('Hello Dana Whitfield').waitFor();
  await page.getByRole('button', { name: /Signed in as Dana Whitfield/ }).click();
  await page.getByRole('menuitemradio', { name: /Marcus Oyelaran/ }).click();
  await page.getByRole('button', { name: /Signed in as Marcus Oyelaran/ }).waitFor();
  await log.getByText('Adding 75042: Close by').waitFor();
  await page.getByRole('navigation', { name: 'Workspace' }).getByRole('button', { name: 'LeadOps' }).click();
  await page.getByRole('tabpanel', { name: 'Home' }).getByText('Hello Marcus Oyelaran').waitFor();
  expect(errors).toEqual([]);
});

test('a file is previewed and downloads as it was sent; a link to a message opens it', async () => {
  const csv = 'First_Name,Zip\nAda,07034\n';
  await app.client.filesUploadV2({ channel_id: lakeside, filename: 'leads.csv', title: 'Leads', content: csv });
  const { messages = [] } = await app.client.conversations.history({ channel: lakeside });
  const ts = messages.at(-1)?.ts ?? '';
  const { permalink = '' } = await app.client.chat.getPermalink({ channel: lakeside, message_ts: ts });
  await page.goto(permalink);
  const file = page.getByRole('figure').filter({ hasText: 'leads.csv' });
  await file.getByRole('cell', { name: '07034' }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    file.getByRole('link', { name: 'Download leads.csv' }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString()).toBe(csv);
  await page.locator('.marked').waitFor();
});
