import { holds, type Actor } from '@terreau/database/context';
import type { Id } from '@terreau/kernel/ids';

/** The coordination of a territory writes the questions that are asked there. */
export function mayWriteIntake(actor: Actor, territoryId: Id): boolean {
  return actor.isOperator || holds(actor, territoryId, 'coordinator');
}
