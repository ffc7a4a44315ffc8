import { holds, isPlatformAdministrator, type Actor } from '@terreau/database/context';
import type { Id } from '@terreau/kernel/ids';

/** A territory is opened by whoever runs the platform. */
export const mayCreateTerritory = (actor: Actor) => actor.isOperator || isPlatformAdministrator(actor);

/** Settings, outlines and figures are the coordination's. */
export const mayShapeTerritory = (actor: Actor, territoryId: Id) =>
  actor.isOperator || holds(actor, territoryId, 'coordinator');

/** What waits is the business of those who work for the territory. */
export const maySeeDesk = (actor: Actor, territoryId: Id) =>
  actor.isOperator || holds(actor, territoryId, 'facilitator', 'coordinator');
