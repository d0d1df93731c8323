import { calledWords } from '../../blocks/kit.ts';
import { today } from '../clock.ts';
import type { Notes } from './notes.ts';

/** A line for who decides for a client, who is called in front of it. */
export async function calledTo({ store, clock }: Notes, client: string, text: string): Promise<string> {
  const called = await store.clients.approversOf(client, today(clock));
  return `${called.map(calledWords).join(' ')} ${text}`.trim();
}
