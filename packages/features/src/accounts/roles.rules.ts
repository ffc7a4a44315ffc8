import type { Grant, Role } from '@terreau/database/context';

/** Roles whose holder sees other people's information or decides for others: they are in force with a second factor only. */
export const SECOND_FACTOR_ROLES: ReadonlySet<Role> = new Set<Role>([
  'facilitator',
  'coordinator',
  'trainer',
  'juror',
  'platform-administrator'
]);

/** The grants whose rights hold now: all of them with a second factor, those of no staff role without. */
export function grantsInForce(held: readonly Grant[], hasSecondFactor: boolean): Grant[] {
  return held.filter((grant) => hasSecondFactor || !SECOND_FACTOR_ROLES.has(grant.role));
}

/** Roles held for an organisation. */
export const ORGANIZATION_ROLES: ReadonlySet<Role> = new Set<Role>(['organization-member', 'organization-manager']);
