import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';

export interface OpenTerritory {
  readonly id: Id;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly timeZone: string;
  readonly languages: readonly string[];
  readonly isDemonstration: boolean;
  readonly openedAt: Date;
  /** What official geography it is made of. */
  readonly areas: readonly {
    readonly kind: string;
    readonly code: string;
    readonly name: string;
    readonly population: number | null;
  }[];
}

export const OPEN_TERRITORIES_PAGE_MAX_ROWS = 100;
const AREAS_OF_PAGE_MAX_ROWS = 10_000;

/** One page of the open territories by address (slug), with their official areas. */
export async function openTerritories(
  ctx: Context,
  asked: { readonly after?: string | undefined; readonly limit: number }
): Promise<{ items: OpenTerritory[]; next: string | null }> {
  const limit = Math.max(1, Math.min(OPEN_TERRITORIES_PAGE_MAX_ROWS, Math.trunc(asked.limit)));
  return reading(ctx, async (tx) => {
    const rows = await tx
      .selectFrom('territory')
      .select(['id', 'slug', 'name', 'description', 'time_zone as timeZone', 'languages'])
      .select(['is_demonstration as isDemonstration', 'opened_at as openedAt'])
      .where('closed_at', 'is', null)
      .$if(asked.after !== undefined, (query) => query.where('slug', '>', asked.after!))
      .orderBy('slug')
      .limit(limit + 1)
      .execute();
    const shown = rows.slice(0, limit);
    const areas =
      shown.length === 0
        ? []
        : await tx
            .selectFrom('territory_area')
            .select(['territory_id', 'kind', 'code', 'name', 'population'])
            .where(
              'territory_id',
              'in',
              shown.map(({ id }) => id)
            )
            .orderBy('kind')
            .orderBy('code')
            .limit(AREAS_OF_PAGE_MAX_ROWS)
            .execute();
    const areasOf = Map.groupBy(areas, (area) => area.territory_id);
    const items = shown.map((row) => ({
      ...row,
      areas: (areasOf.get(row.id) ?? []).map(({ kind, code, name, population }) => ({ kind, code, name, population }))
    }));
    return { items, next: rows.length > limit ? items.at(-1)!.slug : null };
  });
}
