import { ownOrganizations, staffTerritories, type Actor } from '@terreau/database/context';
import type { Id } from '@terreau/kernel/ids';

/** What a decision about a sheet needs to know of it. */
export interface SheetOwner {
  readonly id: Id;
  readonly territoryId: Id;
  readonly createdBy: Id | null;
}

/** Facilitators and coordinators of the territory, and the platform itself: they moderate, decide, type for others. */
export function worksFor(actor: Actor, territoryId: Id): boolean {
  return actor.isOperator || staffTerritories(actor).includes(territoryId);
}

/** Whoever made the sheet, the organisation's members, and the territory's staff. */
export function mayEditSheet(actor: Actor, sheet: SheetOwner): boolean {
  return (
    worksFor(actor, sheet.territoryId) ||
    ownOrganizations(actor).includes(sheet.id) ||
    (actor.accountId !== null && sheet.createdBy === actor.accountId)
  );
}

/** Anybody with an account may describe an organisation; whether it appears at once is another question. */
export function mayCreateSheet(actor: Actor): boolean {
  return actor.isOperator || actor.accountId !== null;
}

/** A new account's publications wait for a human; so does a name that only some may bear, whoever writes it. */
export function publishesAtOnce(actor: Actor, territoryId: Id, nameIsFree: boolean): boolean {
  if (worksFor(actor, territoryId)) return true;
  return actor.trust !== 'new' && nameIsFree;
}

/** The quality of a sheet helps its owner and the territory's staff; it is nobody else's business. */
export const maySeeQuality = mayEditSheet;
export const maySeeHistory = mayEditSheet;
