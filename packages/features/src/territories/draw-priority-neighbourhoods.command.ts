import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { isWgs84Area } from './geometry.rules.ts';
import { mayShapeTerritory } from './territories.policy.ts';

export interface PriorityNeighbourhoodRequest {
  readonly territoryId: Id;
  /** The year of the official list: outlines of 2015 and of 2024 stand side by side. */
  readonly vintage: 2015 | 2024;
  readonly neighbourhoods: readonly { readonly code: string; readonly name: string; readonly outline: unknown }[];
  readonly source: string;
}

const PRIORITY_NEIGHBOURHOODS_MAX_COUNT = 300;

/** Draws the quartiers prioritaires of one vintage; those of the other vintage are left alone. */
export async function drawPriorityNeighbourhoods(
  ctx: Context,
  request: PriorityNeighbourhoodRequest
): Promise<Verdict<{ drawn: number }, 'not-found' | 'not-wgs84' | 'too-many-neighbourhoods'>> {
  const { neighbourhoods, territoryId, vintage } = request;
  if (neighbourhoods.length > PRIORITY_NEIGHBOURHOODS_MAX_COUNT) {
    return refuse('too-many-neighbourhoods', { limit: PRIORITY_NEIGHBOURHOODS_MAX_COUNT });
  }
  const wrong = neighbourhoods.find((one) => !isWgs84Area(one.outline));
  if (wrong) return refuse('not-wgs84', { name: wrong.name });
  return transaction(ctx, 'draw-priority-neighbourhoods', async (tx, ledger) => {
    const territory = await tx.selectFrom('territory').select('id').where('id', '=', territoryId).executeTakeFirst();
    if (!territory || !mayShapeTerritory(ctx.actor, territory.id)) return refuse('not-found');
    await tx
      .deleteFrom('priority_neighbourhood')
      .where('territory_id', '=', territoryId)
      .where('vintage', '=', vintage)
      .execute();
    for (const { code, name, outline } of neighbourhoods) {
      await tx
        .insertInto('priority_neighbourhood')
        .values({
          territory_id: territoryId,
          code,
          name,
          vintage,
          outline: JSON.stringify(outline),
          source: request.source
        })
        .execute();
    }
    ledger.about('territory', territoryId, territoryId, { vintage, neighbourhoods: neighbourhoods.length });
    return accept({ drawn: neighbourhoods.length });
  });
}
