import { holds, type Actor } from '@terreau/database/context';
import type { Id } from '@terreau/kernel/ids';

/** A month is told by whoever accompanied in it. */
export function mayTellMonth(actor: Actor, territoryId: Id): boolean {
  return holds(actor, territoryId, 'facilitator', 'coordinator');
}

/** What a funder is told is the coordination's: all facilitators together, never one of them. */
export function mayTellFunder(actor: Actor, territoryId: Id): boolean {
  return holds(actor, territoryId, 'coordinator');
}
