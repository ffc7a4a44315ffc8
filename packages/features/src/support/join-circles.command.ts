import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { asPlatform } from '../trust/as-platform.ts';
import { waitingPlaces } from './waiting-places.ts';

/**
 * Takes the places that wait for the actor in circles of a territory: those of somebody whose address is the one that
 * they proved. From then on they read these dossiers. Returns how many.
 */
export async function joinCircles(ctx: Context, territoryId: Id): Promise<Verdict<number, 'not-found'>> {
  const { accountId } = ctx.actor;
  if (!accountId) return refuse('not-found');
  return transaction(ctx, 'join-circles', async (tx, ledger) => {
    const places = await waitingPlaces(tx, ctx, territoryId);
    if (places.length === 0) return refuse('not-found');
    await asPlatform(tx, () => take(tx, accountId, places));
    for (const place of places) ledger.about('dossier', place.dossierId, territoryId, { role: place.role });
    return accept(places.length);
  });
}

async function take(tx: Tx, accountId: Id, places: readonly { readonly memberId: Id }[]): Promise<void> {
  await tx
    .updateTable('dossier_member')
    .set({ account_id: accountId })
    .where(
      'id',
      'in',
      places.map((place) => place.memberId)
    )
    .execute();
}
