import { lakeside } from './clients.ts';
import { startHandlers, type Handlers } from './handlers.ts';
import { lookInto } from './store.ts';

export type Pausable = Handlers & {
  /** No pause, and no run that is live. */
  clear(): Promise<void>;
};

/**
 * A team with something to pause, on Friday, 15 January 2027, half past eight in Chicago: the pull of March is due in half an
 * hour. One client has the name of a workflow.
 */
export async function startPausable(): Promise<Pausable> {
  const at = await startHandlers({
    clients: [
      { client: { ...lakeside, workspace: 'Lakeside' }, zips: ['75034'] },
      { client: { ...lakeside, slug: 'monday', name: 'Monday Mutual', workspace: 'Monday' }, zips: ['73034'] },
    ],
    environment: { BISON_URL: 'http://127.0.0.1:9', SUCCESS_CHANNEL: 'C0SUCCESS' },
    start: '2027-01-15T08:30:00-06:00',
  });
  await at.it.store.credentials.set('bison', 'Lakeside', { username: 'token', secret: '7|abc', owner: null });
  await at.it.store.credentials.set('zoominfo', '', { username: 'x', secret: 'y', owner: null });
  return {
    ...at,
    async clear() {
      await lookInto(at.it.dataDir, async (db) => {
        await db.from('passed_over').delete().gte('id', 0);
        await db.from('pauses').delete().gte('id', 0);
        return db.from('agent_runs').update({ status: 'canceled' }).in('status', ['queued', 'running', 'waiting']);
      });
    },
  };
}
