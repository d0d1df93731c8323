import { z } from 'zod';
import { section } from '../../blocks/kit.ts';
import type { Click } from './actions/click.ts';
import { respond, teller, type Tell } from './answers.ts';
import type { SlackDeps } from './deps.ts';
import { troubleOf } from './errors.ts';
import type { InboxParts, Letter } from './letter.ts';
import type { Routes } from './routes.ts';
import { Submission, type ViewHandler } from './views.ts';

/**
 * An empty channel id counts as no channel: a click on App Home is in none, and some Slacks send an empty id for it.
 */
const place = z
  .string()
  .nullish()
  .transform((id) => (id === undefined || id === null || id.trim() === '' ? null : id));

/** What a delivery holds that its work needs, kept sealed until it is done. */
const Content = z.object({
  user: z.string(),
  channel: place,
  responseUrl: place,
  triggerId: z.string().default(''),
  /** A command's words, a button's value. */
  text: z.string().default(''),
  submission: Submission.nullish(),
});
export type Content = z.input<typeof Content>;

export function letter(kind: Letter['kind'], route: string, id: string, content: Content): Letter {
  return { id, kind, route, payload: JSON.stringify(content) };
}

const later =
  'My database does not answer right now. What you did is kept, and is done as soon as it is back; you need not do it again.';
const trouble = 'Something went wrong on my side, and nothing was done. It is logged; please try again in a minute.';
const givenUp =
  'What you did was interrupted again and again on my side and was given up. Please look at `/leadops status` before you do it once more.';
const resumed = 'After an interruption on my side I took up what you did:';

/**
 * Works on deliveries, each safe to repeat: runs are started under their key and by their delivery, decisions are
 * compare-and-set, settings are set to the same again. Only a window cannot be opened later: its person is asked to press
 * once more.
 */
export function makeDeliveries(
  deps: SlackDeps,
  routes: Routes,
): Pick<InboxParts, 'work' | 'onLate' | 'onFailed' | 'onGivenUp'> {
  const contentOf = (it: Letter) => Content.parse(JSON.parse(it.payload ?? ''));
  const tell = async (it: Letter, text: string) => {
    if (it.kind === 'event' || it.payload === null) return;
    await teller(deps, contentOf(it), it.id)(text);
  };

  async function work(it: Letter, again: boolean): Promise<void> {
    await perform(it, again);
    deps.lookForMessages();
  }

  async function perform(it: Letter, again: boolean): Promise<void> {
    const content = contentOf(it);
    // One delivery starts one run, however often it is worked on.
    const runner = {
      ...deps.runner,
      start: (run: Parameters<SlackDeps['runner']['start']>[0]) => deps.runner.start({ ...run, delivery: it.id }),
    };
    const at: SlackDeps = { ...deps, runner };
    const say = teller(deps, content, it.id);
    const tellOnce: Tell = again
      ? (message) =>
          say(
            typeof message === 'string'
              ? `${resumed} ${message}`
              : { text: `${resumed} ${message.text}`, blocks: [section(resumed), ...message.blocks].slice(0, 50) },
          )
      : say;
    switch (it.kind) {
      case 'command': {
        const { user, channel, text } = content;
        // A command without a channel is answered to its person.
        const reply = await routes.commands[it.route]?.(at, { user, channel: channel ?? user, text });
        if (reply) await tellOnce(reply);
        else if (again) await tellOnce('it is done; its card shows how it goes.');
        return;
      }
      case 'action':
        await routes.actions[it.route]?.(at, makeClick(at, content, tellOnce, again));
        if (again) await redraw(deps, content.text);
        return;
      case 'view': {
        const handlers: Readonly<Record<string, ViewHandler>> = routes.views;
        if (!content.submission) return;
        await handlers[it.route]?.work(at, makeClick(at, content, tellOnce, again), content.submission);
        return;
      }
      case 'event':
        await routes.events.app_home_opened(at, content.user);
    }
  }

  return {
    work,
    onLate: (it) => tell(it, later),
    async onFailed(it, error) {
      deps.log.error({ err: error, kind: it.kind, route: it.route }, 'a handler failed');
      await tell(it, trouble).catch(() => undefined);
    },
    async onGivenUp(it) {
      deps.log.error({ kind: it.kind, route: it.route }, 'a delivery was given up');
      await tell(it, givenUp).catch(() => undefined);
    },
  };
}

function makeClick(deps: SlackDeps, content: z.output<typeof Content>, tell: Tell, again: boolean): Click {
  const { user, channel, responseUrl, triggerId, text } = content;
  const tooLate = 'The window could not be opened in time. Nothing was done; please click again.';
  return {
    user,
    channel,
    value: text,
    tell,
    async openModal(view) {
      // A trigger id works for three seconds, so after an interruption no modal can be opened with it.
      if (again) return tell(tooLate).then(() => null);
      try {
        return (await deps.slack.views.open({ trigger_id: triggerId, view })).view?.id ?? null;
      } catch (error) {
        deps.log.warn({ trouble: troubleOf(error) }, 'a modal did not open');
        await tell(tooLate);
        return null;
      }
    },
    async updateModal(viewId, view) {
      await deps.slack.views.update({ view_id: viewId, view });
    },
    async dismiss(words) {
      if (responseUrl === null) return tell(words);
      const body = { replace_original: true, text: words, blocks: [section(words)] };
      await respond(responseUrl, body).catch(() => tell(words));
    },
  };
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

/** The process may have died after the decision was written and before the messages were updated. */
async function redraw(deps: SlackDeps, value: string): Promise<void> {
  const [id] = uuid.exec(value) ?? [];
  if (id === undefined) return;
  const run = (await deps.store.runs.get(id)) ?? (await runAsked(deps, id));
  if (!run) return;
  deps.runner.nudge();
  await deps.notifier.refreshGap(run.id);
  await deps.notifier.card(run);
}

async function runAsked(deps: SlackDeps, approval: string) {
  const asked = await deps.store.approvals.get(approval);
  return asked && deps.store.runs.get(asked.runId);
}
