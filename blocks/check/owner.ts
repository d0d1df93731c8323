import type { ToldOwner } from '../../pipeline/check-facts.ts';
import { shortId, type Run } from '../../pipeline/run.ts';
import { actions, context, escaped, mention, moment, section, type Message } from '../kit.ts';
import { mendButton, type ShownCheck } from './card.ts';

/** What the owner of a login is told that a check found refused; settled once a later check looked at it. */
export function ownerCheck(
  run: Run,
  login: ShownCheck,
  told: Pick<ToldOwner, 'insteadOf' | 'nobodys'> & {
    /** What rests on it, and when. */
    readonly needed: string | null;
  },
): Message {
  const whose =
    told.insteadOf !== null
      ? `For ${mention(told.insteadOf)}, who is away: the login`
      : told.nobodys
        ? 'Nobody’s own, so that you are told: the login'
        : 'Your login';
  const name = escaped(login.name);
  const foot = `Sign-in check ${moment(run.askedAt)} · run \`${shortId(run.id)}\``;
  if (login.state === 'ok') {
    const sentence = `✅ ${whose} ${name} signs in again.`;
    return { text: sentence, blocks: [section(sentence), context(foot)] };
  }
  if (login.again !== null) {
    const sentence = `🔁 ${whose} ${name} was looked at again ${moment(login.again)} and still does not sign in: a newer message says why.`;
    return { text: sentence, blocks: [section(sentence), context(foot)] };
  }
  const why = login.says.replace(/^sign-in refused: /, '');
  const sentence = `🔑 ${whose} ${name} does not sign in: ${escaped(why)}${/[.!?]["”]?$/.test(why) ? '' : '.'}`;
  const button = mendButton(run.id, login);
  return {
    text: sentence,
    blocks: [
      section(`*${sentence}*`),
      section(`🙋 ${escaped(login.todo)}${told.needed === null ? '' : `\n📅 ${told.needed}`}`),
      ...(button ? [actions({ ...button, style: 'primary' })] : []),
      context(foot),
    ],
  };
}
