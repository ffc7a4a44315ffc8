import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { waitingPlaces } from './waiting-places.ts';

/** Who waits for the actor in circles of a territory, and nothing of what these dossiers hold. */
export async function listWaitingPlaces(ctx: Context, territoryId: Id): Promise<readonly (string | null)[]> {
  const places = await reading(ctx, (tx) => waitingPlaces(tx, ctx, territoryId));
  return places.map((place) => place.by);
}
