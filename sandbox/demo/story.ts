import type { Person, SeenMessage } from '../slack/client.ts';
import { connectAs } from '../slack/client.ts';
import { noCamera, type Camera } from './camera.ts';
import { channels, month, people } from './cast.ts';
import { barOf, line, patience } from './follow.ts';
import { newest, offers, valuesOf, words } from './look.ts';
import type { Stage } from './stage.ts';
import type { Terminal } from './terminal.ts';

/** Messages that the terminal has shown. */
const said = new Set<string>();

/** Follows a client's pull until its card or report says what `until` waits for. */
async function follow(person: Person, channel: string, terminal: Terminal, until: RegExp): Promise<SeenMessage> {
  return person.waitFor(
    String(until),
    async () => {
      for (const message of await person.messages(channel)) {
        if (!message.isApp || message.ephemeral) continue;
        if (/^✅ (Raw Pull|Data Refinement) Complete/.test(message.text) && !said.has(`${channel} ${message.ts}`)) {
          said.add(`${channel} ${message.ts}`);
          terminal.say(message.text.replaceAll(/<@(\w+)>/g, '@$1'));
        }
      }
      const card = await newest(person, channel, /Lead pull ·/);
      if (card) terminal.progress(barOf(card));
      if (card && /failed:|needs a person/.test(words(card))) throw new Error(line(card));
      return newest(person, channel, until);
    },
    patience,
  );
}

/** Ten seconds before the calendar's 15th. */
const beforeThe15th = '2027-01-15T08:59:50-06:00';

/** The 15th: the calendar pulls the month of every client, and says in one message how each one stands. */
async function playThe15th(stage: Stage, terminal: Terminal, dana: Person): Promise<void> {
  terminal.say('Friday 15 January 2027, 9:00 in Chicago: the calendar pulls March for every client');
  stage.clock.set(beforeThe15th);
  await monthSays(dana, terminal, /Lakeside.*Prairie|Prairie.*Lakeside/s);
}

/** What the month's one message says, once it says what is waited for. */
async function monthSays(person: Person, terminal: Terminal, pattern: RegExp): Promise<void> {
  const message = await person.waitFor(
    `the month's message: ${String(pattern)}`,
    async () => {
      const now = await newest(person, channels.success, /Monthly pull · March 2027/);
      return now && pattern.test(words(now)) ? now : undefined;
    },
    patience,
  );
  const rows = words(message)
    .split('\n')
    .filter((row) => /cleaned leads|short|at work|its turn|Monthly pull/.test(row));
  terminal.say(
    [
      ...new Set(
        rows.map((row) =>
          row
            .replaceAll('*', '')
            .replaceAll(/ in <#\w+>/g, '')
            .replaceAll(/<@(\w+)>/g, '@$1'),
        ),
      ),
    ]
      .map((row, index) => (index === 0 ? `#client-success: ${row}` : `   ${row}`))
      .join('\n'),
  );
}

/** The story, by the same doors as the page: commands typed, buttons clicked. */
export async function play(stage: Stage, terminal: Terminal, camera: Camera = noCamera): Promise<void> {
  const dana = connectAs(stage.slackUrl, people.operator);
  const marcus = connectAs(stage.slackUrl, people.approver);
  const here = channels.lakeside;
  const typed = async (person: Person, who: string, text: string) => {
    terminal.say(`${who} types  ${text}`);
    await person.say(here, text);
  };
  const note = async (person: Person, pattern: RegExp) => {
    const found = await person.waitFor(String(pattern), () => newest(person, here, pattern), 60_000);
    terminal.say(`   only they see: ${line(found)}`);
  };

  const priya = connectAs(stage.slackUrl, people.admin);
  await priya.waitFor('the app', async () => (await priya.home()) !== null, 60_000);
  await typed(dana, 'Dana (operator)', `/pull-leads lakside ${month}`);
  await note(dana, /Did you mean/);
  await playThe15th(stage, terminal, dana);
  await dana.waitFor('the card', () => newest(dana, here, /Lead pull · Lakeside/), 60_000);
  await typed(marcus, 'Marcus (approver)', `/pull-leads lakeside March 2027`);
  await note(marcus, /already running/);
  await camera.channel('running', people.operator, here);
  await camera.home('home-running', people.operator);
  // The smaller client is through first: what it has beyond its target can be moved to the other one.
  await follow(dana, channels.prairie, terminal, /Lead pull · Prairie.*is done/);

  for (let round = 1; round <= 6; round += 1) {
    const report = await follow(dana, here, terminal, /Please decide|Lead pull · Lakeside.*is done/);
    if (!/Please decide/.test(words(report))) break;
    terminal.say(reportWords(report));
    if (round === 1) await firstRound(dana, marcus, report, terminal, note, camera);
    const now = (await newest(marcus, here, /Please decide/)) ?? report;
    if (round === 1) {
      await camera.channel('channel', people.approver, here, { top: /Lead pull · Lakeside/ });
      await monthSays(dana, terminal, /1 of 2 done, 1 short and waiting/);
      await camera.channel('month', people.operator, channels.success);
    }
    terminal.say('Marcus clicks  Approve all');
    const clicked = await marcus.click(now, { actionId: 'suggestion_approve_all' });
    if (clicked.outcome === 'failed') throw new Error(`Approve all: ${clicked.error}`);
    // A second click from a screen that was not refreshed: told who decided, and nothing happens.
    await dana.click(now, { actionId: 'suggestion_approve_all' }, { seen: now.blocks }).catch(() => undefined);
    await marcus.waitFor('the top-up', () => newest(marcus, here, /A top-up is running|target met/), 120_000);
  }
  const card = await follow(dana, here, terminal, /Lead pull · Lakeside.*is done/);
  terminal.say(line(card));
  await monthSays(dana, terminal, /2 of 2 done|1 of 2 done, 1 ended short/);
  await camera.channel('done', people.approver, here, { threadTs: card.ts });
  await marcus.click(card, { actionId: 'run_details' });
  await marcus.waitFor('the details', async () => JSON.stringify(await marcus.modals()).includes('TX 1'), 60_000);
  await camera.channel('details', people.approver, here);
  await marcus.close(true);
  await camera.home('home', people.approver);
  const report = await newest(dana, here, /predicted .* got/);
  if (report)
    for (const text of words(report)
      .split('\n')
      .filter((one) => /Round \d/.test(one)))
      terminal.say(text.replaceAll('*', ''));
}

async function firstRound(
  dana: Person,
  marcus: Person,
  report: SeenMessage,
  terminal: Terminal,
  note: (person: Person, pattern: RegExp) => Promise<void>,
  camera: Camera,
): Promise<void> {
  if (!offers(report, /^Approve all/)) return;
  terminal.say('Dana clicks  Approve all');
  await dana.click(report, { actionId: 'suggestion_approve_all' });
  await note(dana, /needs the role/);
  await camera.channel('not-allowed', people.operator, report.channel);
  await marcus.click(report, { actionId: 'suggestion_pick' });
  await marcus.waitFor('Pick ZIPs', async () => (await marcus.modals()).length > 0);
  await camera.channel('pick-zips', people.approver, report.channel);
  await marcus.close(true);
  terminal.say('Marcus clicks  Reject  on the first suggestion and gives a reason');
  const [first] = valuesOf(report, 'suggestion_reject');
  const rejected = await marcus.click(report, { actionId: 'suggestion_reject', carrying: first });
  if (rejected.outcome === 'failed') throw new Error(`Reject: ${rejected.error}`);
  await marcus.waitFor('the modal', async () => (await marcus.modals()).length > 0);
  await camera.channel('reject', people.approver, report.channel);
  await marcus.submit({ reason: 'Prairie needs this ZIP for its own campaign.' });
  await marcus.waitFor('the decision', () => newest(marcus, report.channel, /rejected by/), 60_000);
}

function reportWords(report: SeenMessage): string {
  return words(report)
    .split('\n')
    .filter((text, index) => index === 0 || /^[█░]|🎯|📒|^\*(Add|Move|Relax|Pick up|Suggested)/.test(text))
    .map((text) => text.replaceAll('*', ''))
    .join('\n');
}
