import { Refusal } from './api/refusal.ts';
import type { World } from './world.ts';

/** A trigger lives this long on the machine's clock, and opens one view. */
const triggerLife = 3000;

/** A new trigger_id for what this user just did; `viewId` where it was done in a modal. */
export function makeTrigger(world: World, user: string, viewId: string | null = null): string {
  const id = `${Math.floor(performance.now())}.${world.id('')}.${world.id('t').toLowerCase()}`;
  world.triggers.set(id, { user, viewId, bornAt: performance.now(), exchanged: false });
  return id;
}

/** Exchanges a trigger; throws Slack's refusals. Answers whose it was. */
export function exchangeTrigger(world: World, id: string): { readonly user: string; readonly viewId: string | null } {
  const trigger = world.triggers.get(id);
  if (!trigger) throw new Refusal('invalid_trigger_id');
  if (trigger.exchanged) throw new Refusal('exchanged_trigger_id');
  if (performance.now() - trigger.bornAt > triggerLife) throw new Refusal('expired_trigger_id');
  trigger.exchanged = true;
  return trigger;
}
