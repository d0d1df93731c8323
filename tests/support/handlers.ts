import type { Message } from '../../blocks/kit.ts';
import { readConfig } from '../../src/config.ts';
import { makeLog } from '../../src/log.ts';
import type { Click } from '../../src/slack/actions/click.ts';
import { makeSlackClient } from '../../src/slack/app.ts';
import type { SlackDeps } from '../../src/slack/deps.ts';
import { makeRoutes, type Routes } from '../../src/slack/routes.ts';
import { startWorks, type Works } from '../../src/wiring/works.ts';
import { channel, startTestSlack, type TestOptions, type TestSlack } from './app.ts';

/** What Slack can do to us, called past Bolt: a command typed and a button pressed by somebody, and what they are told. */
export type Handlers = {
  readonly it: TestSlack;
  readonly works: Works;
  readonly deps: SlackDeps;
  readonly routes: Routes;
  /** What `/leadops …` answers privately; null where a card says it all. */
  leadops(user: string, text: string): Promise<Message | null>;
  /** The same of `/pull-leads …`. */
  pull(user: string, text: string): Promise<Message | null>;
  click(user: string, value: string): { readonly click: Click; readonly told: readonly string[] };
  /** Presses a button and answers what its presser is told. */
  press(user: string, action: string, value: string): Promise<string>;
  close(): Promise<void>;
};

/** Handlers over rows and a stand-in Slack of their own; nothing takes up runs. */
export async function startHandlers(options: TestOptions): Promise<Handlers> {
  const it = await startTestSlack({ ...options, environment: { LOG_LEVEL: 'silent', ...options.environment } });
  const config = readConfig(it.environment);
  const log = makeLog('silent');
  const works = await startWorks(config, log, { resting: true });
  const deps: SlackDeps = {
    ...works,
    slack: makeSlackClient(config, log),
    config,
    slackStanding: () => ({ connected: true, since: new Date() }),
    lookForMessages: () => undefined,
    log,
  };
  const routes = makeRoutes({ sign: () => 'link', verify: () => null });
  const typed = async (command: string, user: string, text: string) =>
    (await routes.commands[command]?.(deps, { user, channel, text })) ?? null;
  const click: Handlers['click'] = (user, value) => {
    const told: string[] = [];
    const say = (text: string) => Promise.resolve(void told.push(text));
    const updateModal = () => Promise.resolve();
    const openModal = () => Promise.resolve('V1');
    return { click: { user, channel, value, tell: say, dismiss: say, openModal, updateModal }, told };
  };
  return {
    it,
    works,
    deps,
    routes,
    leadops: (user, text) => typed('/leadops', user, text),
    pull: (user, text) => typed('/pull-leads', user, text),
    click,
    async press(user, action, value) {
      const made = click(user, value);
      await routes.actions[action]?.(deps, made.click);
      return made.told.join('\n');
    },
    async close() {
      await works.stop();
      await it.close();
    },
  };
}
