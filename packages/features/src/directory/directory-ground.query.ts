import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';

const NEIGHBOURHOODS_MAX_COUNT = 200;

export interface GroundNeighbourhood {
  readonly id: Id;
  readonly name: string;
  /** GeoJSON geometry in WGS84, or null until it is drawn. */
  readonly outline: unknown;
}

/** A quartier prioritaire; the same one may stand twice, as drawn in 2015 and in 2024. */
export interface GroundPriorityNeighbourhood {
  readonly id: Id;
  readonly name: string;
  readonly vintage: number;
}

/** What the directory's filters and map stand on: the territory's outline and its neighbourhoods. */
export interface DirectoryGround {
  readonly outline: unknown;
  readonly neighbourhoods: GroundNeighbourhood[];
  /** The latest vintage first. */
  readonly priorityNeighbourhoods: GroundPriorityNeighbourhood[];
}

export async function directoryGround(ctx: Context, territoryId: Id): Promise<DirectoryGround> {
  return reading(ctx, async (tx) => {
    const territory = await tx
      .selectFrom('territory')
      .select('outline')
      .where('id', '=', territoryId)
      .executeTakeFirstOrThrow();
    const neighbourhoods = await tx
      .selectFrom('neighbourhood')
      .select(['id', 'name', 'outline'])
      .where('territory_id', '=', territoryId)
      .orderBy('position')
      .orderBy('name')
      .limit(NEIGHBOURHOODS_MAX_COUNT)
      .execute();
    const priorityNeighbourhoods = await tx
      .selectFrom('priority_neighbourhood')
      .select(['id', 'name', 'vintage'])
      .where('territory_id', '=', territoryId)
      .orderBy('vintage', 'desc')
      .orderBy('name')
      .limit(NEIGHBOURHOODS_MAX_COUNT)
      .execute();
    return { outline: territory.outline, neighbourhoods, priorityNeighbourhoods };
  });
}
