import express, { type Request, type Router } from 'express';
import { formatPage, workingPage } from '../pages/results.ts';
import { markup } from '../../markup.ts';
import type { Skin } from '../pages/skin.ts';
import { visit, type Cole, type Visit } from './visit.ts';
import { queryOf, showResults } from './search.ts';

/** From the results to a file on the customer's computer. */
export function exportRoutes(cole: Cole): Router {
  const router = express.Router();
  const get = (path: string, work: (visit: Visit) => void | Promise<void>) => router.get(path, visit(cole, work));
  const post = (path: string, work: (visit: Visit) => void | Promise<void>) => router.post(path, visit(cole, work));
  const { settings, ledger, jobs } = cole;

  const jobOf = ({ query }: Request) => (typeof query.job === 'string' ? jobs.find(query.job) : undefined);
  const tooMany = (skin: Skin, count: number) =>
    `${skin.say('tooMany')} ${settings.exportLimit.toLocaleString('en-US')}. Your selection holds ${count.toLocaleString('en-US')}; please narrow your search.`;

  post('/Export/Start', async (visit) => {
    const { session, form, skin, response } = visit;
    const count = (await session.draft.result?.count) ?? 0;
    if (form.text('all') !== 'yes') return showResults(cole, visit, 'Please select the records first.');
    if (count >= settings.exportLimit) {
      ledger.refused();
      return showResults(cole, visit, tooMany(skin, count));
    }
    response.redirect('/Export/Options');
  });

  get('/Export/Options', async ({ session, skin, show, response }) => {
    const count = await session.draft.result?.count;
    if (count === undefined) return response.redirect('/Search/Summary');
    show('Download', formatPage(skin, count, false));
  });

  post('/Export/Prepare', async (visit) => {
    const { session, form, skin, response } = visit;
    const query = queryOf(session.draft);
    const count = await session.draft.result?.count;
    if (!query || count === undefined) return response.redirect('/Search/Summary');
    if (count >= settings.exportLimit) {
      ledger.refused();
      return showResults(cole, visit, tooMany(skin, count));
    }
    const order = {
      fields: session.draft.fields,
      headers: form.text('headers') === 'yes',
      delimiter: form.text('format') === 'csv' ? (',' as const) : ('\t' as const),
    };
    const job = jobs.ask(session.login, query, count, order, settings.today());
    response.redirect(`/Export/Working?job=${job.id}`);
  });

  get('/Export/Working', ({ request, skin, show, response }) => {
    const job = jobOf(request);
    if (!job) return response.redirect('/Home');
    const detail = `${job.entry.shown.toLocaleString('en-US')} ${skin.say('records')}. Please stay on this page.`;
    show('Download', workingPage(skin.say('preparing'), detail), `/Export/Status?job=${job.id}`);
  });

  get('/Export/Status', async ({ request, skin, response }) => {
    const job = jobOf(request);
    await job?.ready;
    response.json(job ? { file: `/Export/File?job=${job.id}`, done: skin.say('fileReady') } : { go: '/Home' });
  });

  get('/Export/File', async ({ session, request, response, show }) => {
    const job = jobOf(request);
    if (!job || job.taken || job.login.username !== session.login.username) {
      response.status(410);
      return show(
        'Not available',
        markup`<div class="panel"><h1>This file is no longer available</h1><p>Please run your search again.</p></div>`,
      );
    }
    await jobs.send(job, response);
  });
  return router;
}
