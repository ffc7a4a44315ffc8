import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';

export interface TerritoryLine {
  readonly id: Id;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  /** Inhabitants of its areas, where all of them are known; null otherwise, which is not zero. */
  readonly population: number | null;
  readonly isDemonstration: boolean;
}

const LIST_MAX_ROWS = 500;

/** The open territories in alphabetical order, at most five hundred. */
export async function listTerritories(ctx: Context): Promise<TerritoryLine[]> {
  return reading(ctx, async (tx) => {
    const rows = await tx
      .selectFrom('territory')
      .leftJoin('territory_area', 'territory_area.territory_id', 'territory.id')
      .where('closed_at', 'is', null)
      .groupBy('territory.id')
      .select((eb) => [
        'territory.id',
        'territory.slug',
        'territory.name',
        'territory.description',
        'territory.is_demonstration as isDemonstration',
        eb.fn.sum<string>('territory_area.population').as('population'),
        eb.fn.count<string>('territory_area.code').as('areas'),
        eb.fn.count<string>('territory_area.population').as('counted')
      ])
      .orderBy('territory.name')
      .limit(LIST_MAX_ROWS)
      .execute();
    return rows.map(({ areas, counted, population, ...row }) => ({
      ...row,
      population: areas !== '0' && areas === counted ? Number(population) : null
    }));
  });
}
