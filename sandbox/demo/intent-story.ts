import { connectAs, type Person, type SeenMessage } from '../slack/client.ts';
import type { Camera } from './camera.ts';
import { channels, people, weeklyCap } from './cast.ts';
import { line, makeFollower } from './follow.ts';
import { newest, words } from './look.ts';
import type { Stage } from './stage.ts';
import type { Terminal } from './terminal.ts';

const minute = 60_000;
const team = channels.success;
/** When the story goes on, as App Home shows its own time: the start of its fallback. */
const wednesday = '|2027-01-20 11:';
const shows = (view: unknown, text: string) => JSON.stringify(view).includes(text);
/** The cards of polls, and of previews. */
const poll = /^\S+ Intent polling (is|was|failed)/;
const dryRun = /^\S+ Intent polling · dry run (is|was|failed)/;

/** Two days of intent polling: the calendar's poll and its mail, then a preview, the budget's stop and the raise. */
export async function playIntent(stage: Stage, terminal: Terminal, camera: Camera): Promise<void> {
  const dana = connectAs(stage.slackUrl, people.operator);
  const marcus = connectAs(stage.slackUrl, people.approver);
  const theo = connectAs(stage.slackUrl, people.outsider);
  const follow = makeFollower(terminal);
  const see = (person: Person, pattern: RegExp, channel = team) =>
    person.waitFor(String(pattern), () => newest(person, channel, pattern), minute);
  const typed = async (person: Person, who: string, text: string) => {
    terminal.say(`${who} types  ${text}`);
    await person.say(team, text);
  };
  const note = async (person: Person, pattern: RegExp) =>
    terminal.say(`   only they see: ${line(await see(person, pattern))}`);

  await dana.waitFor('the app', async () => (await dana.home()) !== null, minute);
  terminal.say(`Tuesday 19 January 2027, 7:00 in New York: the calendar polls. The week's cap is ${weeklyCap} credits`);
  await slowly(stage, 400);
  stage.clock.set('2027-01-19T07:00:00-05:00');
  await see(dana, /Intent polling is (queued|running)/);
  await typed(theo, 'Theo (no role)', '/leadops intent run');
  await note(theo, /needs the role/);
  await typed(dana, 'Dana (operator)', '/leadops intent run');
  await note(dana, /already running/);
  await camera.channel('intent-running', people.operator, team);
  const first = await follow(dana, team, poll, /Intent polling is done/);
  await slowly(stage, 0);
  show(terminal, first);
  terminal.say(line(await see(dana, /% of this week's ZoomInfo credits are used/)));
  await camera.channel('intent-done', people.operator, team);

  terminal.say('Wednesday 20 January, 6:30 in New York: what would today cost?');
  stage.clock.set('2027-01-20T06:30:00-05:00');
  await dana.waitFor('the app’s own look at the clock', async () => shows(await dana.home(), wednesday), minute);
  await typed(dana, 'Dana', '/leadops intent preview');
  const preview = await follow(dana, team, dryRun, /dry run is done/);
  show(terminal, preview);

  await typed(dana, 'Dana', '/leadops intent run --no-email');
  const skipped = await follow(dana, team, poll, /Intent polling was skipped/);
  show(terminal, skipped);
  await camera.channel('intent-skipped', people.approver, team);
  terminal.say('Dana clicks  Raise the cap …');
  await dana.click(skipped, 'Raise the cap …');
  await note(dana, /needs the role/);
  terminal.say('Marcus (approver) clicks  Raise the cap …  and gives a reason');
  await marcus.click(skipped, 'Raise the cap …');
  await marcus.waitFor('the modal', async () => shows(await marcus.modals(), 'New cap'), minute);
  await camera.channel('intent-raise', people.approver, team);
  await marcus.submit({ reason: 'The callers have a free day; two new companies are worth it.' });
  const raised = await see(dana, /Cap raised to/);
  terminal.say(`   ${linesWith(raised, /Cap raised to/)}`);

  terminal.say('Dana clicks  Run now  on the same card');
  const clicked = await dana.click(raised, 'Run now');
  if (clicked.outcome === 'failed') throw new Error(`Run now: ${clicked.error}`);
  const second = await follow(dana, team, poll, /Intent polling is done.*The file is in Slack/s);
  show(terminal, second);

  await typed(dana, 'Dana', '/leadops intent status');
  await note(dana, /Next run/);
  await camera.home('intent-home', people.approver);
  await marcus.click(first, 'Details');
  await marcus.waitFor('the summary', async () => shows(await marcus.modals(), 'Batch HADES'), minute);
  await camera.channel('intent-summary', people.approver, team);
  await marcus.close(true);
}

/** ZoomInfo takes its time, so that there is something to watch. */
async function slowly(stage: Stage, slow: number): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await fetch(`${stage.zoominfoUrl}/_control/fault`, { method: 'POST', headers, body: JSON.stringify({ slow }) });
}

/** The card's sentence, its funnel and its money. */
function show(terminal: Terminal, card: SeenMessage): void {
  terminal.say(line(card));
  const funnel = /```\n?([^`]*)```/.exec(words(card))?.[1]?.trimEnd() ?? '';
  if (funnel !== '') terminal.say(funnel);
  terminal.say(linesWith(card, /^💳|^🧮|credits used this week/));
}

function linesWith(message: SeenMessage, pattern: RegExp): string {
  const found = words(message)
    .split('\n')
    .filter((text) => pattern.test(text));
  return found
    .join('\n')
    .replaceAll(/<@(\w+)>/g, '@$1')
    .replaceAll('*', '');
}
