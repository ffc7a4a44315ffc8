import { holds, type Actor } from '@terreau/database/context';
import type { Id } from '@terreau/kernel/ids';

/** Whoever grants money never reads the budgets of those who ask for it, even where they are in the circle; nor does the database let them. */
export function mayReadFunding(actor: Actor, territoryId: Id): boolean {
  return !holds(actor, territoryId, 'funder');
}
