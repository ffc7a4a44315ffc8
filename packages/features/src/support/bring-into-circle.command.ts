import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { workedDossier } from './circle.ts';
import type { CircleRole } from './dossier-life.rules.ts';
import { mayBringIn } from './support.policy.ts';

/** A circle is small: everybody in it can be named. */
export const CIRCLE_MAX_MEMBERS = 30;

export interface BringIntoCircleRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly role: CircleRole;
  readonly email: string;
}

export type PlaceRefusal = 'already-there' | 'circle-full';
export type BringIntoCircleRefusal = 'not-found' | 'role-not-yours' | 'no-such-account' | PlaceRefusal;

/**
 * Brings somebody who has an account into the circle: from now on they read what it holds. Whoever brings in a
 * facilitator, an expert or an observer accompanies the dossier; the structure brings in its own people.
 */
export async function bringIntoCircle(
  ctx: Context,
  { territoryId, dossierId, role, email }: BringIntoCircleRequest
): Promise<Verdict<Id, BringIntoCircleRefusal>> {
  return transaction(ctx, 'bring-into-circle', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own) return refuse('not-found');
    if (!mayBringIn(own.role, role)) return refuse('role-not-yours');
    const account = await accountThatMay(tx, territoryId, email, role);
    if (!account) return refuse('no-such-account');
    const placed = await placeInCircle(tx, ctx, { dossierId: own.row.id, territoryId, role, accountId: account });
    if (!placed.ok) return placed;
    ledger.about('dossier', own.row.id, territoryId, { role });
    return placed;
  });
}

interface Place {
  readonly dossierId: Id;
  readonly territoryId: Id;
  readonly role: CircleRole;
  readonly accountId: Id;
}

/** Gives an account a place in a circle that still has one; for the commands that bring somebody in. */
export async function placeInCircle(
  tx: Tx,
  ctx: Context,
  { dossierId, territoryId, role, accountId }: Place
): Promise<Verdict<Id, PlaceRefusal>> {
  const members = await tx
    .selectFrom('dossier_member')
    .select('account_id')
    .where('dossier_id', '=', dossierId)
    .where('left_at', 'is', null)
    .execute();
  if (members.some((member) => member.account_id === accountId)) return refuse('already-there');
  if (members.length >= CIRCLE_MAX_MEMBERS) return refuse('circle-full', { max: CIRCLE_MAX_MEMBERS });
  const { id } = await tx
    .insertInto('dossier_member')
    .values({
      dossier_id: dossierId,
      territory_id: territoryId,
      role,
      account_id: accountId,
      added_by: ctx.actor.accountId,
      joined_at: ctx.now
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return accept(id);
}

/** Facilitators and experts must hold that role in the territory; anybody with an account may carry or observe. */
async function accountThatMay(tx: Tx, territoryId: Id, email: string, role: CircleRole): Promise<Id | null> {
  const row = await tx
    .selectFrom('account')
    .select('id')
    .where('email', '=', email.trim().toLowerCase())
    .where('email_verified', '=', true)
    .where('suspended_at', 'is', null)
    .executeTakeFirst();
  if (!row || (role !== 'facilitator' && role !== 'expert')) return row?.id ?? null;
  const grant = await tx
    .selectFrom('role_grant')
    .select('id')
    .where('account_id', '=', row.id)
    .where('territory_id', '=', territoryId)
    .where('role', '=', role)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return grant ? row.id : null;
}
