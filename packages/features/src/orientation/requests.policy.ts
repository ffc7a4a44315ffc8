import { holds, ownOrganizations, staffTerritories, type Actor } from '@terreau/database/context';
import type { Id } from '@terreau/kernel/ids';
import type { RequestRole } from './request-life.rules.ts';

/** What a decision about a request needs to know of it. */
export interface RequestOwner {
  readonly territoryId: Id;
  readonly responsibleId: Id | null;
  /** The account of the person who asks, when they have one. */
  readonly personAccountId: Id | null;
  /** Organisations to which it was offered, whatever became of the offer. */
  readonly offeredTo: readonly Id[];
}

/** Everything that the actor is to a request. `opened`: they showed its code, or the link of an offer. */
export function rolesOn(
  actor: Actor,
  request: RequestOwner,
  opened: 'code' | 'link' | null = null
): ReadonlySet<RequestRole> {
  const roles = new Set<RequestRole>();
  if (actor.isOperator) roles.add('platform');
  if (staffTerritories(actor).includes(request.territoryId)) {
    roles.add('team');
    if (holds(actor, request.territoryId, 'coordinator')) roles.add('coordinator');
    if (request.responsibleId !== null && request.responsibleId === actor.accountId) roles.add('responsible');
  }
  const isPerson = actor.accountId !== null && request.personAccountId === actor.accountId;
  if (isPerson || opened === 'code') roles.add('person');
  const isPartner = ownOrganizations(actor).some((id) => request.offeredTo.includes(id));
  if (isPartner || opened === 'link') roles.add('partner');
  return roles.size > 0 ? roles : new Set(['stranger']);
}

/** The team of the territory follows its requests; the platform reads them for its rounds. */
export function mayFollowRequests(actor: Actor, territoryId: Id): boolean {
  return actor.isOperator || staffTerritories(actor).includes(territoryId);
}

/** A new account's first words, and those of somebody without an account, wait for a human; the team's do not. */
export function requestWaitsForReview(actor: Actor, territoryId: Id, reviewNewAccounts: boolean): boolean {
  return reviewNewAccounts && actor.trust === 'new' && !mayFollowRequests(actor, territoryId);
}
