import { holds, type Actor } from '@terreau/database/context';
import type { Id } from '@terreau/kernel/ids';

/** Whoever works for the territory logs their own time. */
export function mayLogCoordinationWork(actor: Actor, territoryId: Id): boolean {
  return holds(actor, territoryId, 'facilitator', 'coordinator');
}

/** Whoever coordinates reads the log of the team; it holds no resident. */
export function mayReadTeamLog(actor: Actor, territoryId: Id): boolean {
  return holds(actor, territoryId, 'coordinator');
}
