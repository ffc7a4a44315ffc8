import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { asPlatform } from '../trust/as-platform.ts';
import { FORMER_MEMBER_READS_DAYS } from './circle.ts';
import { handOverAppointments } from './hand-over-appointments.ts';
import { handOverOwed } from './hand-over-owed.ts';
import { mayMovePortfolio, mayOpenDossier } from './support.policy.ts';
import { tellHandOver } from './tell-hand-over.ts';
import { unaccompaniedDossiers } from './unaccompanied.ts';

/** Dossiers that move in one go. */
export const HAND_OVER_MAX_DOSSIERS = 1000;

export interface HandOverRequest {
  readonly territoryId: Id;
  /** Whose portfolio moves: one's own, or anybody's for the coordination; null: what nobody accompanies any more. */
  readonly fromAccountId: string | null;
  readonly toAccountId: string;
  /** Some of them; all of the portfolio when absent. */
  readonly dossierIds?: readonly string[];
  readonly reason: string | null;
  /** The public address of the site, for the links of the messages. */
  readonly origin: string;
}

export type HandOverRefusal = 'not-found' | 'same-person' | 'receiver-not-facilitator' | 'nothing-to-hand-over';

export interface HandedOver {
  readonly moved: number;
  /** Those of them in which nobody of the structure can be written to: whoever takes over says it at the next contact. */
  readonly untold: number;
}

/**
 * Moves a portfolio to another facilitator, with its history, its appointments and what is owed in it. Who hands over
 * reads for thirty days more, then nothing; whoever takes over and the structures are told. The coordination may move a
 * portfolio without reading anything of it.
 */
export async function handOverDossiers(
  ctx: Context,
  request: HandOverRequest
): Promise<Verdict<HandedOver, HandOverRefusal>> {
  const { territoryId, fromAccountId, toAccountId } = request;
  const isOwn = fromAccountId === ctx.actor.accountId && mayOpenDossier(ctx.actor, territoryId);
  if (!isOwn && !mayMovePortfolio(ctx.actor, territoryId)) return refuse('not-found');
  if (fromAccountId !== null && !isId(fromAccountId)) return refuse('not-found');
  if (!isId(toAccountId)) return refuse('receiver-not-facilitator');
  if (fromAccountId === toAccountId) return refuse('same-person');
  return transaction(ctx, 'hand-over-dossiers', async (tx, ledger) => {
    if (!(await isFacilitator(tx, territoryId, toAccountId))) return refuse('receiver-not-facilitator');
    // The coordination is in none of these circles: the platform moves them for it.
    return asPlatform(tx, async () => {
      const dossierIds = await dossiersToMove(tx, request);
      if (dossierIds.length === 0) return refuse('nothing-to-hand-over');
      const formerMemberIds = await endPlaces(tx, ctx, dossierIds, request);
      await openPlaces(tx, ctx, dossierIds, request);
      await handOverAppointments(tx, ctx, formerMemberIds, toAccountId);
      await handOverOwed(tx, ctx, { dossierIds, formerMemberIds }, toAccountId);
      const untold = await tellHandOver(tx, ctx, ledger, { ...request, dossierIds });
      for (const id of dossierIds) ledger.about('dossier', id, territoryId, { handedOver: true });
      return accept({ moved: dossierIds.length, untold });
    });
  });
}

async function isFacilitator(tx: Tx, territoryId: Id, accountId: Id): Promise<boolean> {
  const row = await tx
    .selectFrom('role_grant')
    .select('id')
    .where('account_id', '=', accountId)
    .where('territory_id', '=', territoryId)
    .where('role', '=', 'facilitator')
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

async function dossiersToMove(tx: Tx, { territoryId, fromAccountId, dossierIds }: HandOverRequest): Promise<Id[]> {
  if (fromAccountId === null) return unaccompaniedDossiers(tx, territoryId, HAND_OVER_MAX_DOSSIERS);
  const rows = await tx
    .selectFrom('dossier_member')
    .select('dossier_id')
    .where('territory_id', '=', territoryId)
    .where('account_id', '=', fromAccountId)
    .where('role', '=', 'facilitator')
    .where('left_at', 'is', null)
    .$if(dossierIds !== undefined, (query) =>
      query.where('dossier_id', 'in', [...dossierIds!.filter(isId), territoryId])
    )
    .orderBy('dossier_id')
    .limit(HAND_OVER_MAX_DOSSIERS)
    .forUpdate()
    .execute();
  return rows.map((row) => row.dossier_id);
}

/** Ends the place of whoever hands over. Gives the places whose work passes on: theirs, or those that had ended before. */
async function endPlaces(
  tx: Tx,
  ctx: Context,
  dossierIds: readonly Id[],
  { fromAccountId, reason }: HandOverRequest
): Promise<Id[]> {
  const places = await tx
    .selectFrom('dossier_member')
    .select('id')
    .where('dossier_id', 'in', dossierIds)
    .where('role', '=', 'facilitator')
    .where('left_at', fromAccountId === null ? 'is not' : 'is', null)
    .$if(fromAccountId !== null, (query) => query.where('account_id', '=', fromAccountId))
    .execute();
  const ids = places.map((place) => place.id);
  if (fromAccountId !== null) {
    const reads_until = plusDays(ctx.now, FORMER_MEMBER_READS_DAYS);
    await tx
      .updateTable('dossier_member')
      .set({ left_at: ctx.now, reads_until, reason })
      .where('id', 'in', ids)
      .execute();
  }
  return ids;
}

async function openPlaces(
  tx: Tx,
  ctx: Context,
  dossierIds: readonly Id[],
  { territoryId, toAccountId, reason }: HandOverRequest
): Promise<void> {
  const place = { territory_id: territoryId, role: 'facilitator', account_id: toAccountId, joined_at: ctx.now, reason };
  const added_by = ctx.actor.accountId;
  await tx
    .insertInto('dossier_member')
    .values(dossierIds.map((dossier_id) => ({ ...place, dossier_id, added_by })))
    // Whoever receives may already have been in the circle: they are not in it twice.
    .onConflict((conflict) =>
      conflict
        .columns(['dossier_id', 'account_id'])
        .where('left_at', 'is', null)
        .where('account_id', 'is not', null)
        .doUpdateSet({ role: 'facilitator', reason })
    )
    .execute();
}
