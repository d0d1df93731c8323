import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { homesCsv, demoWorld } from '../households/index.ts';
import { startClock } from '../clock/index.ts';
import { startBison } from '../bison/index.ts';
import { startMail } from '../mail/index.ts';
import { startSlack } from '../slack/index.ts';
import { startZoominfo } from '../zoominfo/index.ts';
import {
  channels,
  clayLogin,
  clientsYaml,
  coleLogins,
  intentYaml,
  mailLogin,
  mailRecipients,
  people,
  zoominfoLogin,
} from './cast.ts';
import { bisonCampaigns, bisonLogin, bisonWorkspaces } from './bison.ts';
import { commands } from './commands.ts';
import { keepRunning, leadops, startSandbox, type Environment } from './processes.ts';

export type Stage = {
  readonly slackUrl: string;
  readonly coleUrl: string;
  readonly clayUrl: string;
  readonly bisonUrl: string;
  readonly zoominfoUrl: string;
  readonly mailUrl: string;
  readonly dataDir: string;
  readonly clock: { set(moment: string): void; now(): number };
  readonly slackStats: () => { readonly ackMs: { readonly max: number } };
  readonly appPid: () => number;
  stop(): Promise<void>;
};

type Addresses = { readonly cole: { readonly url: string }; readonly clay: { readonly url: string } };

/**
 * Everything the demo needs, started and set up as an outsider would: stand-ins, then the command line for clients,
 * people, ZIPs and logins, then the app.
 *
 * @param say a line for the terminal
 */
export async function setTheStage(options: {
  readonly port: number;
  /** Business time at the start. */
  readonly begins: string;
  /** Email Bison is set up. */
  readonly bison: boolean;
  readonly fast: boolean;
  readonly say: (line: string) => void;
}): Promise<Stage> {
  const { say } = options;
  const dataDir = resolve('.data/demo');
  // The story is the same every time: yesterday's rows would change it.
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });

  const clock = await startClock({ start: options.begins });
  const slack = await startSlack({ port: options.port, commands, now: () => clock.now() });
  const now = () => clock.now();
  // These live by the demo's clock. The real Bison syncs every five minutes.
  const bison = await startBison({
    login: bisonLogin,
    workspaces: bisonWorkspaces,
    campaigns: bisonCampaigns,
    waits: { syncMs: options.fast ? 2_000 : 20_000 },
    now,
  });
  const zoominfo = await startZoominfo({ ...zoominfoLogin, seed: 'demo', credits: 10_000, signalsPerDay: 4, now });
  const mail = await startMail({ login: mailLogin, now });
  const vendors = await startSandbox(['cole', 'clay', 'debounce'], {
    SANDBOX_ROWS_PER_SECOND: options.fast ? '0' : '900',
  });
  const { cole, clay } = vendors.addresses as Addresses;
  say('stand-ins for Slack, Cole, Clay, DeBounce, Bison, ZoomInfo and mail are up');

  const environment: Environment = {
    DATA_DIR: dataDir,
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    COLE_URL: cole.url,
    CLAY_URL: clay.url,
    BISON_URL: bison.url,
    BISON_SYNC_POLL_SECONDS: '2',
    ZOOMINFO_URL: zoominfo.url,
    SMTP_URL: mail.smtpUrl,
    MAIL_FROM: 'LeadOps <leadops@northwind.example>',
    EMAIL_RECIPIENTS: mailRecipients.join(','),
    SUCCESS_CHANNEL: channels.success,
    INTENT_CONFIG: join(dataDir, 'intent.yaml'),
    CLOCK_URL: clock.url,
    LEADOPS_ADMINS: people.admin,
    PORT: '0',
    POLL_SECONDS: '2',
    LOG_LEVEL: 'info',
  };
  writeFileSync(environment.INTENT_CONFIG ?? '', intentYaml());
  await setUp(dataDir, environment, options.bison, say);

  const app = keepRunning({
    script: 'src/main.ts',
    environment,
    log: join(dataDir, 'app.log'),
    onStart: (pid, again) => {
      if (again) say(`the app died and was started again (process ${pid}); its runs go on by themselves`);
    },
  });
  return {
    slackUrl: slack.url,
    coleUrl: cole.url,
    clayUrl: clay.url,
    bisonUrl: bison.url,
    zoominfoUrl: zoominfo.url,
    mailUrl: mail.url,
    dataDir,
    clock,
    slackStats: () => slack.stats(),
    appPid: () => app.pid(),
    async stop() {
      await app.stop();
      vendors.stop();
      await bison.close();
      await zoominfo.close();
      await mail.close();
      await slack.close();
      await clock.close();
    },
  };
}

/** The README's set-up, verb by verb. */
async function setUp(
  dataDir: string,
  environment: Environment,
  withBison: boolean,
  say: (line: string) => void,
): Promise<void> {
  const file = (name: string, text: string) => {
    const path = join(dataDir, name);
    if (!existsSync(path)) writeFileSync(path, text);
    return path;
  };
  // The first one makes the database; the others find it running.
  say(await leadops(['clients', 'import', file('clients.yaml', clientsYaml())], environment));
  const said = await Promise.all([
    leadops(['members', 'set', people.operator, 'operator'], environment),
    leadops(['members', 'set', people.approver, 'approver'], environment),
    leadops(['zips', 'import', file('homes.csv', homesCsv(demoWorld))], environment),
    ...coleLogins.map((login) =>
      leadops(['credentials', 'set', 'cole', login.state, '--username', login.username], environment, login.password),
    ),
    ...(withBison ? bisonWorkspaces : []).map(({ name, token }) =>
      leadops(['credentials', 'set', 'bison', name, '--username', 'token'], environment, token),
    ),
    leadops(['credentials', 'set', 'clay', '--username', clayLogin.email], environment, clayLogin.password),
    leadops(
      ['credentials', 'set', 'zoominfo', '--username', zoominfoLogin.username],
      environment,
      zoominfoLogin.password,
    ),
  ]);
  for (const line of said) say(line);
}
