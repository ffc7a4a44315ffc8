import { holds, isPlatformAdministrator, ownOrganizations, type Actor, type Grant } from '@terreau/database/context';
import type { Id } from '@terreau/kernel/ids';
import { ORGANIZATION_ROLES } from './roles.rules.ts';

/**
 * Whether `actor` may give this role, and so invite to it or end it: the platform's administrator any role,
 * a coordinator those of their territory, a facilitator those of its organisations, an organisation's manager
 * its members.
 */
export function mayGrant(actor: Actor, grant: Grant): boolean {
  if (actor.isOperator || isPlatformAdministrator(actor)) return true;
  if (grant.territoryId === null) return false;
  if (holds(actor, grant.territoryId, 'coordinator')) return true;
  if (ORGANIZATION_ROLES.has(grant.role) && holds(actor, grant.territoryId, 'facilitator')) return true;
  return (
    grant.role === 'organization-member' &&
    grant.organizationId !== null &&
    ownOrganizations(actor, true).includes(grant.organizationId)
  );
}

/** Whether `actor` may end a role: whoever may give it, and its holder. */
export function mayEnd(actor: Actor, holderId: Id, grant: Grant): boolean {
  return mayGrant(actor, grant) || (actor.accountId !== null && actor.accountId === holderId);
}

/** Whether `actor` sees who holds which role in a territory. */
export function maySeePeople(actor: Actor, territoryId: Id): boolean {
  return actor.isOperator || isPlatformAdministrator(actor) || holds(actor, territoryId, 'coordinator');
}

/** Whether `actor` sees who belongs to an organisation: those who manage it, the territory's team, the platform's. */
export function maySeeMembers(actor: Actor, territoryId: Id, organizationId: Id): boolean {
  if (actor.isOperator || isPlatformAdministrator(actor)) return true;
  return (
    holds(actor, territoryId, 'facilitator', 'coordinator') || ownOrganizations(actor, true).includes(organizationId)
  );
}
