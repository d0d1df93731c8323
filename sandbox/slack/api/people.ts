import type { Json, User } from '../types.ts';
import type { World } from '../world.ts';
import { cut } from './conversations.ts';
import { needed } from './args.ts';
import type { Methods } from './router.ts';
import { Refusal } from './refusal.ts';

export const people: Methods = {
  'auth.test': (world) => {
    const { team, app } = world.settings;
    return {
      url: `${world.url}/`,
      team: team.name,
      user: app.name.toLowerCase(),
      team_id: team.id,
      user_id: app.botUser,
      bot_id: app.botId,
      is_enterprise_install: false,
    };
  },

  'users.info': (world, args) => {
    const user = world.users.get(needed(args, 'user'));
    if (!user) throw new Refusal('user_not_found');
    return { user: userJson(world, user) };
  },

  'users.list': (world, args) => {
    const { page, cursor } = cut([...world.users.values()], args, 200, 1000);
    return {
      members: page.map((user) => userJson(world, user)),
      cache_ts: Math.floor(world.settings.now() / 1000),
      response_metadata: { next_cursor: cursor },
    };
  },
};

function userJson(world: World, user: User): Json {
  const [first = '', ...rest] = user.realName.split(' ');
  return {
    id: user.id,
    team_id: world.settings.team.id,
    name: user.name,
    real_name: user.realName,
    deleted: false,
    color: user.color.replace('#', ''),
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: zoneOffset(user.tz, world.settings.now()),
    is_bot: user.isBot ?? false,
    is_app_user: false,
    profile: {
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.name,
      display_name_normalized: user.name,
      first_name: first,
      last_name: rest.join(' '),
      title: user.title,
      email: `${user.name}@${world.settings.team.domain}.example`,
      image_48: `${world.url}/avatars/${user.id}.svg`,
      image_72: `${world.url}/avatars/${user.id}.svg`,
    },
  };
}

/** Seconds east of UTC in a zone at an instant. */
function zoneOffset(tz: string, at: number): number {
  const name = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}
