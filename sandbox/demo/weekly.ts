import { connectAs, type Person, type SeenMessage } from '../slack/client.ts';
import type { Camera } from './camera.ts';
import { channels, people } from './cast.ts';
import { line, patience } from './follow.ts';
import { newest, words } from './look.ts';
import type { Stage } from './stage.ts';
import type { Terminal } from './terminal.ts';

/** Ten seconds before the calendar's Monday. */
const beforeMonday = '2027-02-01T08:59:50-06:00';
const clients = [
  { name: 'Lakeside', channel: channels.lakeside },
  { name: 'Prairie', channel: channels.prairie },
] as const;

/** Two weeks on: the first window of March is due, PT4 and PT5 play by the calendar. */
export async function playMonday(stage: Stage, terminal: Terminal, camera: Camera): Promise<void> {
  const dana = connectAs(stage.slackUrl, people.operator);
  const marcus = connectAs(stage.slackUrl, people.approver);
  const see = (person: Person, pattern: RegExp, channel: string) =>
    person.waitFor(String(pattern), () => newest(person, channel, pattern), patience);
  const typed = async (text: string) => {
    terminal.say(`Dana types  ${text}`);
    await dana.say(channels.lakeside, text);
  };

  await typed('/leadops upload lakeside 2027-03 --dry-run');
  const preview = await see(dana, /Upload · .* dry run is (done|skipped)|Upload · .*failed/, channels.lakeside);
  show(terminal, preview);
  await camera.channel('upload-preview', people.operator, channels.lakeside);

  terminal.say(
    'Monday 1 February 2027, 9:00 in Chicago: the first window of March is due. The calendar uploads and attaches',
  );
  stage.clock.set(beforeMonday);
  for (const { name, channel } of clients) {
    const question = await see(marcus, /Reputation building/, channel);
    const uploaded = await see(marcus, /^✅ Refined Data Uploaded/, channel);
    terminal.say(uploaded.text);
    if (name === 'Lakeside') await camera.channel('evergreen-question', people.approver, channel);
    terminal.say(`Marcus clicks  It is on  (${name}: Bison does not say whether reputation building is on)`);
    const clicked = await marcus.click(question, 'It is on');
    if (clicked.outcome === 'failed') throw new Error(`It is on: ${clicked.error}`);
  }
  for (const { name, channel } of clients) {
    const card = await see(dana, new RegExp(`Evergreen · ${name}.*(is done|failed|was skipped)`, 's'), channel);
    terminal.say(line(card));
  }
  const monday = await dana.waitFor(
    'the Monday’s message with both clients',
    async () => {
      const found = await newest(dana, channels.success, /All contacts are queued in/);
      return found && clients.every(({ name }) => new RegExp(`• ${name}[^*\n]*: .*lead`).test(words(found)))
        ? found
        : undefined;
    },
    patience,
  );
  show(terminal, monday);
  await camera.channel('evergreen', people.approver, channels.lakeside);
  await camera.channel('monday', people.operator, channels.success);
}

function show(terminal: Terminal, message: SeenMessage): void {
  terminal.say(
    words(message)
      .replaceAll('*', '')
      .split('\n')
      .filter((text) => text !== '')
      .join('\n'),
  );
}
