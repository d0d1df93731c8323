import { setTimeout } from 'node:timers/promises';
import express, { type Router } from 'express';
import { stateNames } from '../../households/places.ts';
import { advancedPage } from '../pages/advanced.ts';
import { resultsPage, workingPage } from '../pages/results.ts';
import { listTypePage, statesPage, summaryPage, zipsPage } from '../pages/wizard.ts';
import type { Part } from '../../markup.ts';
import { listTypes, type Query } from '../query.ts';
import { newDraft, type Draft } from '../sessions.ts';
import { visit, type Cole, type Visit } from './visit.ts';
import { described, readFields, readFilters, readZips } from './reading.ts';

/** Putting a search together, running it, and its results. */
export function searchRoutes(cole: Cole): Router {
  const router = express.Router();
  const { world } = cole.settings;
  const get = (path: string, work: (visit: Visit) => void | Promise<void>) => router.get(path, visit(cole, work));
  const post = (path: string, work: (visit: Visit) => void | Promise<void>) => router.post(path, visit(cole, work));

  get('/Search/New', ({ session, response }) => {
    session.draft = newDraft();
    response.redirect('/Search/States');
  });

  const states = ({ session, skin, show }: Visit, error: Part = false) =>
    show('States', statesPage(skin, session.login.state, session.draft, error));
  get('/Search/States', (visit) => states(visit));
  post('/Search/States', (visit) => {
    const { session, form, response } = visit;
    const [state, ...more] = form.many('states');
    if (!state) return states(visit, 'Please select a state.');
    if (state !== session.login.state || more.length > 0)
      return states(visit, 'That state is not in your subscription.');
    change(session.draft, { state });
    response.redirect('/Search/ListType');
  });

  const lists = ({ session, skin, show }: Visit, error: Part = false) =>
    show('List', listTypePage(skin, session.draft, error));
  get('/Search/ListType', (visit) => lists(visit));
  post('/Search/ListType', (visit) => {
    const listType = listTypes.find((known) => known === visit.form.text('listType'));
    if (!listType) return lists(visit, 'Please choose a type of list.');
    change(visit.session.draft, { listType });
    visit.response.redirect('/Search/ZipCodes');
  });

  get('/Search/ZipCodes', ({ session, skin, show }) =>
    show('ZIP codes', zipsPage(skin, session.draft.zips.join(','), false)),
  );
  post('/Search/ZipCodes', ({ session, skin, form, show, response }) => {
    const zips = readZips(form.text('zips'), session.login.state);
    if (typeof zips === 'string') return show('ZIP codes', zipsPage(skin, form.text('zips'), zips));
    change(session.draft, { zips });
    response.redirect('/Search/Summary');
  });

  const advanced = ({ session, skin, show }: Visit, error: Part = false) =>
    show('Options', advancedPage(skin, session.draft, world.years, error));
  get('/Search/Advanced', (visit) => advanced(visit));
  post('/Search/Advanced', (visit) => {
    const fields = readFields(visit.form);
    const filters = readFilters(visit.form, world.years);
    if (typeof filters === 'string') return advanced(visit, filters);
    if (fields.length === 0) return advanced(visit, 'Please select at least one output field.');
    change(visit.session.draft, { fields, filters });
    const [first] = missing(visit.session.draft);
    visit.response.redirect(`/Search/${first ? pages[first] : 'Summary'}`);
  });

  get('/Search/Summary', ({ session: { draft }, skin, show }) =>
    show('Your search', summaryPage(skin, draft, described(draft.filters), missing(draft))),
  );
  post('/Search/Run', (visit) => {
    const { draft, login } = visit.session;
    const query = queryOf(draft);
    if (!query) return visit.response.redirect('/Search/Summary');
    cole.ledger.searched();
    draft.result = { count: remember(login.username, query), ready: setTimeout(cole.settings.waits.search) };
    visit.response.redirect('/Search/Working');
  });
  get('/Search/Working', ({ session, skin, show }) =>
    show(
      'Searching',
      workingPage(skin.say('searching'), `Counting in ${session.draft.zips.length} ZIP codes`),
      '/Search/Status',
    ),
  );
  get('/Search/Status', async ({ session: { draft }, response }) => {
    await Promise.all([draft.result?.ready, draft.result?.count]);
    response.json({ go: draft.result ? '/Search/Results' : '/Search/Summary' });
  });
  get('/Search/Results', async (visit) => showResults(cole, visit));

  async function remember(username: string, query: Query): Promise<number> {
    const count = await cole.records.count(query);
    const { state, listType, zips } = query;
    const past = cole.recent.get(username) ?? [];
    cole.recent.set(username, [
      ...past.slice(-20),
      {
        at: cole.settings.today().replace(/^(\d+)-(\d+)-(\d+)$/, '$2/$3/$1'),
        state: stateNames[state] ?? state,
        listType,
        zips: zips.length,
        count,
      },
    ]);
    return count;
  }
  return router;
}

/** The results of the session's search, or the summary where there are none yet. */
export async function showResults(
  cole: Cole,
  { session: { draft }, skin, show, response }: Visit,
  error: Part = false,
) {
  const query = queryOf(draft);
  if (!query || !draft.result) return response.redirect('/Search/Summary');
  show('Search results', resultsPage(skin, await draft.result.count, cole.records.first(query, 10), error));
}

/** The search as the database takes it; undefined while something is missing. */
export function queryOf({ state, listType, zips, filters }: Draft): Query | undefined {
  return state && listType && zips.length > 0 ? { state, listType, zips, filters } : undefined;
}

const pages = { states: 'States', listType: 'ListType', zips: 'ZipCodes' } as const;

function change(draft: Draft, parts: Partial<Draft>): void {
  Object.assign(draft, parts, { result: null });
}

function missing({ state, listType, zips }: Draft): readonly ('states' | 'listType' | 'zips')[] {
  return [
    ...(state ? [] : (['states'] as const)),
    ...(listType ? [] : (['listType'] as const)),
    ...(zips.length > 0 ? [] : (['zips'] as const)),
  ];
}
