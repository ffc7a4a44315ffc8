import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { asPlatform } from '../trust/as-platform.ts';
import { FORMER_MEMBER_READS_DAYS } from './circle.ts';
import { handOverAppointments } from './hand-over-appointments.ts';
import { mayMovePortfolio, mayOpenDossier } from './support.policy.ts';

/** Dossiers that move in one go. */
export const HAND_OVER_MAX_DOSSIERS = 1000;

export interface HandOverRequest {
  readonly territoryId: Id;
  /** Whose portfolio moves: one's own, or anybody's for the coordination. */
  readonly fromAccountId: string;
  readonly toAccountId: string;
  /** Some of them; all of the portfolio when absent. */
  readonly dossierIds?: readonly string[];
  readonly reason: string | null;
}

export type HandOverRefusal = 'not-found' | 'same-person' | 'receiver-not-facilitator' | 'nothing-to-hand-over';

/**
 * Moves a portfolio to another facilitator, with its history. Who hands over reads for thirty days more, then nothing.
 * The coordination may move a portfolio without reading anything of it. Gives the number of dossiers moved.
 */
export async function handOverDossiers(
  ctx: Context,
  request: HandOverRequest
): Promise<Verdict<number, HandOverRefusal>> {
  const { territoryId, fromAccountId, toAccountId, reason } = request;
  const isOwn = fromAccountId === ctx.actor.accountId && mayOpenDossier(ctx.actor, territoryId);
  if (!isOwn && !mayMovePortfolio(ctx.actor, territoryId)) return refuse('not-found');
  if (!isId(fromAccountId) || !isId(toAccountId)) return refuse('not-found');
  if (fromAccountId === toAccountId) return refuse('same-person');
  return transaction(ctx, 'hand-over-dossiers', async (tx, ledger) => {
    if (!(await isFacilitator(tx, territoryId, toAccountId))) return refuse('receiver-not-facilitator');
    // The coordination is in none of these circles: the platform moves them for it.
    return asPlatform(tx, async () => {
      const places = await tx
        .selectFrom('dossier_member')
        .select(['id', 'dossier_id'])
        .where('territory_id', '=', territoryId)
        .where('account_id', '=', fromAccountId)
        .where('role', '=', 'facilitator')
        .where('left_at', 'is', null)
        .$if(request.dossierIds !== undefined, (query) =>
          query.where('dossier_id', 'in', [...request.dossierIds!.filter(isId), territoryId])
        )
        .limit(HAND_OVER_MAX_DOSSIERS)
        .forUpdate()
        .execute();
      if (places.length === 0) return refuse('nothing-to-hand-over');
      await tx
        .updateTable('dossier_member')
        .set({ left_at: ctx.now, reads_until: plusDays(ctx.now, FORMER_MEMBER_READS_DAYS), reason })
        .where(
          'id',
          'in',
          places.map((place) => place.id)
        )
        .execute();
      const added_by = ctx.actor.accountId;
      await tx
        .insertInto('dossier_member')
        .values(
          places.map(({ dossier_id }) => ({
            dossier_id,
            territory_id: territoryId,
            role: 'facilitator',
            account_id: toAccountId,
            added_by,
            joined_at: ctx.now,
            reason
          }))
        )
        // Whoever receives may already have been in the circle: they are not in it twice.
        .onConflict((conflict) =>
          conflict
            .columns(['dossier_id', 'account_id'])
            .where('left_at', 'is', null)
            .where('account_id', 'is not', null)
            .doUpdateSet({ role: 'facilitator', reason })
        )
        .execute();
      await handOverAppointments(
        tx,
        ctx,
        places.map((place) => place.id),
        toAccountId
      );
      for (const { dossier_id } of places) ledger.about('dossier', dossier_id, territoryId, { handedOver: true });
      return accept(places.length);
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
