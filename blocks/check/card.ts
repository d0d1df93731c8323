import type { Button, KnownBlock } from '@slack/types';
import { checkSentence, type LoginCheck } from '../../pipeline/check-facts.ts';
import { partsOfLogin } from '../../pipeline/logins.ts';
import { isLive, type Run } from '../../pipeline/run.ts';
import { vendorName } from '../../pipeline/vendors.ts';
import { actionIds } from '../ids.ts';
import { actions, button, clip, context, escaped, fit, mention, moment, section, type Message } from '../kit.ts';
import { cardButtons, footer, runCard } from '../run-card.ts';

/** A login as a check's messages show it: what a later look found takes the place of what this one did. */
export type ShownCheck = LoginCheck & {
  /** When a later check looked at it; null: this one's is the last look. */
  readonly again: Date | null;
  /** Who was told that it does not sign in, by Slack id. */
  readonly told: readonly string[];
};

/** The one message of a sign-in check: a line per login, and for one that does not sign in the button that mends it. */
export function checkCard(run: Run, logins: readonly ShownCheck[], now: Date): Message {
  const blocks = loginBlocks(run, logins);
  if (run.status !== 'success') return runCard(run, null, now, [], { blocks, buttons: [] });
  const well = logins.every(({ state }) => state === 'ok');
  const sentence = `${well ? '✅' : '❌'} ${checkSentence(logins)}`;
  return {
    text: sentence,
    blocks: fit([
      section(`*${escaped(sentence)}*`),
      ...blocks,
      context(footer(run, now)),
      actions(...cardButtons(run)),
    ]),
  };
}

/** Failed ones with a button each. Slack has room for no more text (blocks of 13,200 characters), and the others are named. */
const mostButtons = 14;

/** Failed ones first: they need somebody. */
function loginBlocks(run: Run, logins: readonly ShownCheck[]): KnownBlock[] {
  const failed = logins.filter(({ state }) => state === 'failed');
  const others = logins.filter(({ state }) => state !== 'failed').map(lineOf);
  const opened = new Set<string>();
  const blocks = failed.slice(0, mostButtons).flatMap((one): KnownBlock[] => {
    const { site } = partsOfLogin(one.login);
    // A lane is the vendor's: one button opens it for all of its logins.
    const another = one.mend === 'open the lane' && opened.has(site);
    if (one.mend === 'open the lane') opened.add(site);
    const mend = isLive(run) || another ? undefined : mendButton(run.id, one);
    return [section(failedText(one)), ...(mend ? [actions(mend)] : [])];
  });
  const lines = [...failed.slice(mostButtons).map(({ name }) => `❌ *${escaped(name)}*`), ...others];
  return lines.length === 0 ? blocks : [...blocks, section(clip(lines.join('\n'), 2_400))];
}

const lineOf = (one: ShownCheck): string =>
  one.state === 'waiting'
    ? `🕓 *${escaped(one.name)}*`
    : `✅ *${escaped(one.name)}* — ${escaped(one.says)}${againWords(one.again)}`;

function failedText(one: ShownCheck): string {
  const told = one.told.length === 0 ? '' : `\n🔔 ${one.told.map(mention).join(', ')} was told.`;
  return clip(
    `❌ *${escaped(one.name)}* — ${escaped(clip(one.says, 300))}${againWords(one.again)}\n🙋 ${escaped(clip(one.todo, 280))}${told}`,
    2_900,
  );
}

const againWords = (again: Date | null): string => (again === null ? '' : ` (looked at again ${moment(again)})`);

/** The button that mends a login which does not sign in; undefined where nothing is to be mended. */
export function mendButton(runId: string, { login, name, mend }: LoginCheck): Button | undefined {
  switch (mend) {
    case 'update the login':
      // No question waits for it: nothing stands before the line.
      return button('Update the login …', actionIds.updateLogin, `|${login}`, { label: `Update the login ${name}` });
    case 'open the lane': {
      const { site } = partsOfLogin(login);
      return button(`Open ${vendorName(site)} again`, actionIds.openLane, `${runId}|${site}`);
    }
    case 'check again':
      return button('Check again', actionIds.checkAgain, login, { label: `Check ${name} again` });
    case null:
      return undefined;
  }
}
