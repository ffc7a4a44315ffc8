import { holds, staffTerritories, type Actor } from '@terreau/database/context';
import type { Id } from '@terreau/kernel/ids';

/** Facilitators and coordinators of the territory moderate its contents and type for people who come to them. */
export function mayModerate(actor: Actor, territoryId: Id): boolean {
  return actor.isOperator || staffTerritories(actor).includes(territoryId);
}

export const mayTypeForOthers = mayModerate;

/** A request is typed by the team, and, where the territory says so, by members of its structures. */
export function mayTypeRequests(actor: Actor, territoryId: Id, membersMay: boolean): boolean {
  const isMember = holds(actor, territoryId, 'organization-member', 'organization-manager');
  return mayTypeForOthers(actor, territoryId) || (membersMay && isMember);
}

/** The team answers the requests of people without an account about their own data. */
export const mayAnswerForPerson = mayModerate;
