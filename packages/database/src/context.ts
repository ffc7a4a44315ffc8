import { newId, type Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import type { Engine } from './engine.ts';

export type Role =
  | 'resident'
  | 'project-carrier'
  | 'organization-member'
  | 'organization-manager'
  | 'facilitator'
  | 'expert'
  | 'trainer'
  | 'juror'
  | 'coordinator'
  | 'funder'
  | 'platform-administrator';

/** A role in force, in a territory (null: the platform), for an organisation where the role asks for one. */
export interface Grant {
  readonly role: Role;
  readonly territoryId: Id | null;
  readonly organizationId: Id | null;
}

/** Who acts. A visitor has no account and no grant; the operator is the platform itself (jobs, command line). */
export interface Actor {
  readonly accountId: Id | null;
  readonly grants: readonly Grant[];
  readonly trust: 'new' | 'verified' | 'trusted';
  readonly isOperator: boolean;
}

export const VISITOR: Actor = { accountId: null, grants: [], trust: 'new', isOperator: false };
export const OPERATOR: Actor = { accountId: null, grants: [], trust: 'trusted', isOperator: true };

/** What every command and query receives: the database, who acts, and when. */
export interface Context {
  readonly engine: Engine;
  readonly actor: Actor;
  readonly now: Instant;
  readonly language: 'fr' | 'en';
  /** Ties the journal to the logs. */
  readonly requestId: string;
}

/** The context of the platform itself: its jobs, its command line, its demonstration. */
export function operatorContext(engine: Engine, now: Instant): Context {
  return { engine, actor: OPERATOR, now, language: 'fr', requestId: newId() };
}

/** The roles that work for a territory: they see its private directory and its queues. */
const STAFF_ROLES: ReadonlySet<Role> = new Set(['facilitator', 'coordinator', 'platform-administrator']);

/** The territories for which `actor` works. The platform administrator works for those where they also hold a role. */
export function staffTerritories(actor: Actor): Id[] {
  const ids = actor.grants
    .filter((grant) => grant.territoryId && STAFF_ROLES.has(grant.role))
    .map((grant) => grant.territoryId!);
  return [...new Set(ids)];
}

/** The territories that `actor` coordinates. */
export function coordinatedTerritories(actor: Actor): Id[] {
  return actor.grants.filter((grant) => grant.role === 'coordinator').map((grant) => grant.territoryId!);
}

/** Whether `actor` holds one of `roles` in the territory. */
export function holds(actor: Actor, territoryId: Id, ...roles: Role[]): boolean {
  return actor.grants.some((grant) => grant.territoryId === territoryId && roles.includes(grant.role));
}

export function isPlatformAdministrator(actor: Actor): boolean {
  return actor.grants.some((grant) => grant.role === 'platform-administrator');
}

/** The organisations to which `actor` belongs, or which they manage when `managed` is asked for. */
export function ownOrganizations(actor: Actor, managed = false): Id[] {
  return actor.grants
    .filter((grant) => grant.role === 'organization-manager' || (!managed && grant.role === 'organization-member'))
    .map((grant) => grant.organizationId!);
}
