import { dismissInterruption } from './interruptions.ts';
import { freshLook, look, type Survey } from './survey.ts';
import { pause, type Surface } from './surface.ts';

/** When no request was under way for this long, the page has had time to show what came. */
const quietMs = 35;

/** What a page showed when it last came to rest. */
const atRest = new WeakMap<Surface['page'], Survey>();

/**
 * Waits until the page has come to rest after an act: its requests answered, its spinners and uninvited boxes gone. Answers
 * at once where the page was just found at rest and nothing was done since. What an act leads to is not known by this: look
 * for the endings afterwards.
 * @throws what `explain` says of a sign-in page
 */
export async function settle(surface: Surface, patienceMs = surface.patience.page): Promise<Survey> {
  const fresh = freshLook(surface);
  if (fresh && fresh === atRest.get(surface.page)) return fresh;
  const end = performance.now() + patienceMs;
  for (;;) {
    await quiet(surface, end);
    const survey = await look(surface);
    // A password asked for in mid-work: the session is over, and nothing below would be found.
    if (survey.passwords > 0) await surface.explain(surface);
    if (await dismissInterruption(surface, survey)) continue;
    // A page that asks for a password is explained anew to whoever asks next.
    if (!survey.busy && survey.passwords === 0) atRest.set(surface.page, survey);
    if (!survey.busy || performance.now() > end) return survey;
    await pause(60);
  }
}

async function quiet({ traffic }: Surface, end: number): Promise<void> {
  await pause(15);
  while (performance.now() < end) {
    const still = performance.now() - traffic.lastMove();
    if (traffic.underway() === 0 && still >= quietMs) return;
    await pause(traffic.underway() === 0 ? Math.max(5, quietMs - still) : 15);
  }
}
