import { number } from '../../blocks/kit.ts';
import { InvalidInput } from '../../pipeline/errors.ts';
import { isEvergreenTitle } from '../../pipeline/evergreen-title.ts';
import { zipsIn } from '../../pipeline/gap/distance.ts';
import { monthNumber } from '../../pipeline/month.ts';
import { fiveDigits } from '../../pipeline/normalise/zip.ts';
import { startWorks, type Works } from '../wiring/works.ts';
import { today } from '../clock.ts';
import type { CliConfig } from '../config.ts';
import type { Log } from '../log.ts';
import type { Month } from '../../pipeline/vocabulary.ts';

/** Signs in to a vendor with the stored login, looks, and changes nothing: says in lines what it saw. */
export async function check(
  config: CliConfig,
  log: Log,
  vendor: string,
  state: string | undefined,
  zip: string | undefined,
): Promise<string[]> {
  const works = await startWorks(config, log, { resting: true });
  try {
    if (vendor === 'cole') return await checkCole(works, (state ?? '').toUpperCase(), zip);
    if (vendor === 'browser') return await checkBrowser(works);
    if (vendor === 'clay') {
      await works.ports('check').clay.at(() => Promise.resolve());
      return [`Signed in to Clay at ${config.CLAY_URL}. Nothing was made or run.`];
    }
    if (vendor === 'bison') return await checkBison(works, state);
    if (vendor === 'zoominfo') {
      const { used, limit, remaining } = await works.ports('check').zoominfo.usage();
      const of = limit === null ? '' : ` of ${number(limit)}`;
      const counted = used === null ? 'it does not say what was used' : `it counts ${number(used)} credits used${of}`;
      const left = remaining === null ? '' : `, ${number(remaining)} left`;
      return [`Signed in to ZoomInfo at ${config.ZOOMINFO_URL}: ${counted}${left}. Nothing was charged.`];
    }
    throw new InvalidInput(`"${vendor}" cannot be checked.`, {
      todo: 'Write: check cole TX, check clay, check bison, check zoominfo, or check browser.',
    });
  } finally {
    await works.stop();
  }
}

/** Which browser it is, and whether its sandbox is around the vendors' pages. */
async function checkBrowser({ browser }: Works): Promise<string[]> {
  const { browser: running, sandboxed } = await browser.running();
  return [
    `Chromium ${running.version()} starts.`,
    sandboxed
      ? 'It runs inside its own sandbox.'
      : 'It runs WITHOUT its own sandbox; the log says why, and docs/setup.md how to have it (CHROMIUM_SANDBOX).',
  ];
}

/** Whose workspace answers, and which campaign would be the evergreen one. */
async function checkBison(works: Works, named: string | undefined): Promise<string[]> {
  const clients = (await works.store.clients.all()).flatMap(({ active, workspace }) =>
    active && workspace !== null ? [workspace] : [],
  );
  const workspaces = named === undefined ? [...new Set(clients)] : [named];
  if (workspaces.length === 0) {
    throw new InvalidInput('No active client has a workspace at Email Bison. Nothing was looked at.', {
      todo: 'Write: check bison "<workspace>", or add "workspace:" to a client.',
    });
  }
  const lines: string[] = [];
  for (const workspace of workspaces) {
    const bison = await works.ports('check').bison(workspace);
    const { personalDomains } = await bison.workspace(workspace);
    const campaigns = (await bison.findCampaigns(workspace, 'evergreen')).filter(({ name }) => isEvergreenTitle(name));
    const personal = { true: 'takes', false: 'skips', null: 'does not say whether it takes' }[`${personalDomains}`];
    lines.push(
      `Signed in to ${workspace} through the ${bison.access}; it ${personal} addresses at gmail.com and the like.`,
      ...campaigns.map(({ name, totalLeads, unreadable }) => {
        const total = totalLeads === null ? '' : `, ${number(totalLeads)} leads`;
        const unread = unreadable.length === 0 ? '' : `; cannot be read: ${unreadable.join(', ')}`;
        return `Campaign “${name}”${total}${unread}`;
      }),
      ...(campaigns.length === 0 ? ['There is no campaign “Evergreen, Last Upload: …”.'] : []),
    );
  }
  return [...lines, 'Nothing was made or changed.'];
}

/** One count and the filters that the page offers; what is asked for costs nothing at the vendor. */
async function checkCole(works: Works, state: string, typed: string | undefined): Promise<string[]> {
  const [first] = zipsIn([state]);
  const zip = typed === undefined ? first?.zip : fiveDigits(typed);
  if (!zip) {
    throw new InvalidInput(typed === undefined ? `"${state}" is no state.` : `"${typed}" is no ZIP.`, {
      todo: 'Write: check cole TX, or check cole TX --zip 75034. Nothing was searched.',
    });
  }
  const month = today(works.clock).slice(0, 7) as Month; // the first seven characters of a day are its month
  const purchaseMonth = monthNumber(month);
  return works.ports('check').cole.at(state, async (session) => {
    const records = await session.count({ state, zips: [zip], purchaseMonth, filters: {}, slice: [] });
    const slicings = (await session.slicings()).map(({ by, blanks }) => `${by}${blanks ? ' (blanks too)' : ''}`);
    return [
      `Signed in to Cole for ${state}.`,
      `ZIP ${zip} holds ${number(records)} records of purchase month ${purchaseMonth}, any year.`,
      `A large ZIP could be cut by: ${slicings.join(', ') || 'nothing this page offers'}.`,
      'Nothing was exported.',
    ];
  });
}
