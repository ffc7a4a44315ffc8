import { holds, type Actor } from '@terreau/database/context';
import type { Id } from '@terreau/kernel/ids';

/** Whoever accompanies people in the territory has a week; so has whoever coordinates, for what they took themselves. */
export function mayHaveWeek(actor: Actor, territoryId: Id): boolean {
  return holds(actor, territoryId, 'facilitator', 'coordinator');
}
