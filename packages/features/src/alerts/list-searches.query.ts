import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { asPlatform } from '../trust/as-platform.ts';
import { SEARCHES_MAX_COUNT, type Frequency, type SearchCriteria, type SearchSubject } from './alerts.schema.ts';
import { ownerOf, searchBehind } from './search-owner.ts';

export interface ListedSearch {
  readonly id: Id;
  readonly territorySlug: string;
  readonly territory: string;
  readonly about: SearchSubject;
  readonly criteria: SearchCriteria;
  readonly label: string;
  readonly frequency: Frequency;
}

export interface OwnSearches {
  readonly searches: readonly ListedSearch[];
  /** The search of the address that was opened, when its owner has not said yes yet. */
  readonly toConfirm: ListedSearch | null;
}

/** The searches of an account, or those kept with the address of a message; null when there is no such address. */
export async function listSearches(ctx: Context, token: string | null): Promise<OwnSearches | null> {
  return reading(ctx, (tx) =>
    asPlatform(tx, async () => {
      const owner = await ownerOf(tx, ctx, token);
      if (!owner) return null;
      const opened = token ? await searchBehind(tx, token) : null;
      const rows = await tx
        .selectFrom('saved_search as s')
        .innerJoin('territory as t', 't.id', 's.territory_id')
        .select(['s.id', 't.slug as territorySlug', 't.name as territory', 's.about', 's.criteria', 's.label'])
        .select(['s.frequency', 's.confirmed_at as confirmedAt'])
        .where(`s.${owner.column}`, '=', owner.value)
        .orderBy('s.id')
        .limit(SEARCHES_MAX_COUNT)
        .execute();
      const listed = rows.map(({ confirmedAt, ...row }) => ({ confirmedAt, search: row as unknown as ListedSearch }));
      return {
        searches: listed.filter(({ confirmedAt }) => confirmedAt).map(({ search }) => search),
        toConfirm: listed.find(({ confirmedAt, search }) => !confirmedAt && search.id === opened)?.search ?? null
      };
    })
  );
}
