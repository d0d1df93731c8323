import { Refusal } from '../api/refusal.ts';
import { isObject } from '../blocks/rules.ts';
import type { Delivery } from '../delivery/deliver.ts';
import { commandPayload } from '../delivery/payloads.ts';
import { respond } from '../delivery/response-url.ts';
import { addMessage, findMessage } from '../messages.ts';
import type { Channel, Message } from '../types.ts';
import { slackbot, type World } from '../world.ts';
import { Problem } from './problem.ts';

/** What a person types into a composer: a message, or a slash command. */
export async function say(
  world: World,
  delivery: Delivery,
  given: {
    readonly user: string;
    readonly channel: string;
    readonly text: string;
    readonly threadTs?: string | undefined;
  },
): Promise<void> {
  const channel = memberChannel(world, given.user, given.channel);
  const text = given.text.trim();
  if (text === '') throw new Problem('Nothing to send.');
  if (text.startsWith('/')) return command(world, delivery, given.user, channel, text, given.threadTs);
  const head = given.threadTs ? findMessage(world, channel.id, given.threadTs) : undefined;
  if (given.threadTs && !head) throw new Problem('This thread no longer exists.');
  const message = addMessage(world, {
    channel: channel.id,
    user: given.user,
    text: withMentions(world, text),
    threadTs: given.threadTs,
  });
  messageEvents(world, delivery, channel, message);
}

export function memberChannel(world: World, user: string, id: string): Channel {
  const channel = world.channels.get(id);
  if (!channel?.members.has(user)) throw new Problem(`${user} is not in ${id}.`);
  return channel;
}

async function command(
  world: World,
  delivery: Delivery,
  user: string,
  channel: Channel,
  line: string,
  threadTs: string | undefined,
): Promise<void> {
  const [, name = '', text = ''] = /^(\/\S*)\s*([\s\S]*)$/.exec(line) ?? [];
  const tell = (words: string) =>
    void addMessage(world, { channel: channel.id, user: slackbot.id, text: words, threadTs, visibleTo: user });
  if (name === '/invite') return invite(world, delivery, user, channel, text, tell);
  if (!world.settings.commands.some((known) => known.command === name)) {
    return tell(
      `\`${name}\` is not a valid command. In Slack, all messages that start with the “/” character are interpreted as ` +
        'slash commands. If you are trying to send a message and not run a command, try preceding the “/” with an empty space.',
    );
  }
  // Slack's own words; no app hears of it.
  if (threadTs) return tell(`\`${name}\` is not supported in threads. Sorry!`);
  const receipt = await delivery.command(commandPayload(world, user, channel, name, text));
  if (!receipt.acknowledged) {
    return tell(
      receipt.reason === 'timeout'
        ? `\`${name}\` failed because the app did not respond (operation_timeout).`
        : `\`${name}\` failed with the error “dispatch_failed”.`,
    );
  }
  const body = receipt.body;
  if (!isObject(body) || (body['text'] === undefined && body['blocks'] === undefined)) return;
  try {
    respond(world, { user, channel: channel.id, bornAt: 0, uses: 0 }, body);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    tell(`\`${name}\` failed with the error “${error.code}”.`);
  }
}

/** `/invite @name`, Slack's own: how a person brings the app into a channel. */
function invite(
  world: World,
  delivery: Delivery,
  inviter: string,
  channel: Channel,
  text: string,
  tell: (words: string) => void,
): void {
  const handle = text.replace(/^@/, '').toLowerCase();
  const guest = [...world.users.values()].find(
    (user) => user.name === handle || user.realName.toLowerCase() === handle,
  );
  if (!guest) return tell(`No one here is called “${text}”.`);
  if (channel.members.has(guest.id)) return tell(`${guest.realName} is already in this channel.`);
  channel.members.add(guest.id);
  addMessage(world, {
    channel: channel.id,
    user: guest.id,
    text: `<@${guest.id}> was added to the channel by <@${inviter}>`,
    subtype: 'channel_join',
  });
  if (world.settings.events.includes('member_joined_channel')) {
    delivery.event({
      type: 'member_joined_channel',
      user: guest.id,
      channel: channel.id,
      channel_type: 'C',
      team: world.settings.team.id,
      inviter,
      event_ts: world.ts(),
    });
  }
}

/** As Slack's composer sends it: `&`, `<`, `>` escaped, `@name` and `#channel` as references. */
function withMentions(world: World, text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped
    .replace(/(^|\s)@([\w.-]+)/g, (whole: string, before: string, name: string) => {
      const user = [...world.users.values()].find((each) => each.name === name.toLowerCase());
      return user ? `${before}<@${user.id}>` : whole;
    })
    .replace(/(^|\s)#([\w-]+)/g, (whole: string, before: string, name: string) => {
      const channel = [...world.channels.values()].find((each) => each.name === name);
      return channel ? `${before}<#${channel.id}>` : whole;
    });
}

function messageEvents(world: World, delivery: Delivery, channel: Channel, message: Message): void {
  const { team, app, events } = world.settings;
  if (!channel.members.has(app.botUser)) return;
  const event = {
    user: message.user,
    text: message.text,
    ts: message.ts,
    channel: channel.id,
    event_ts: message.ts,
    team: team.id,
    client_msg_id: world.id('m').toLowerCase(),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
  };
  const kind = channel.kind === 'im' ? 'im' : 'channel';
  if (events.includes(kind === 'im' ? 'message.im' : 'message.channels')) {
    delivery.event({ type: 'message', channel_type: kind, ...event });
  }
  if (message.text.includes(`<@${app.botUser}>`) && events.includes('app_mention')) {
    delivery.event({ type: 'app_mention', ...event });
  }
}
