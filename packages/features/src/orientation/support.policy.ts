import { staffTerritories, type Actor } from '@terreau/database/context';
import type { Id } from '@terreau/kernel/ids';

/** Facilitators and coordinators of the territory write, check, hide and share its sheets; so does the platform itself. */
export function keepsCatalogue(actor: Actor, territoryId: Id): boolean {
  return actor.isOperator || staffTerritories(actor).includes(territoryId);
}
