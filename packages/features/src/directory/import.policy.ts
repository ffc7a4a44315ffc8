import { holds, type Actor } from '@terreau/database/context';
import type { Id } from '@terreau/kernel/ids';

/** Files change many sheets at once: importing, merging and undoing are the coordination's. */
export function mayImport(actor: Actor, territoryId: Id): boolean {
  return actor.isOperator || holds(actor, territoryId, 'coordinator');
}
