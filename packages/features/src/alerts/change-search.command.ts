import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { asPlatform } from '../trust/as-platform.ts';
import type { Frequency } from './alerts.schema.ts';
import { ownerOf } from './search-owner.ts';

export interface ChangeSearchRequest {
  /** The signed address of a message; null: the account that is signed in. */
  readonly token: string | null;
  readonly searchId: Id;
  /** `remove`: the search is forgotten. */
  readonly frequency: Frequency | 'remove';
}

/** Its owner changes how often the news of a search leave, or forgets it. Somebody else's answers as an absent one. */
export async function changeSearch(
  ctx: Context,
  { token, searchId, frequency }: ChangeSearchRequest
): Promise<Verdict<undefined, 'not-found'>> {
  if (!isId(searchId)) return refuse('not-found');
  return transaction(ctx, 'change-search', (tx, ledger) =>
    asPlatform(tx, async () => {
      const owner = await ownerOf(tx, ctx, token);
      if (!owner) return refuse('not-found');
      const row =
        frequency === 'remove'
          ? await tx
              .deleteFrom('saved_search')
              .where('id', '=', searchId)
              .where(owner.column, '=', owner.value)
              .returning('territory_id')
              .executeTakeFirst()
          : await tx
              .updateTable('saved_search')
              .set({ frequency })
              .where('id', '=', searchId)
              .where(owner.column, '=', owner.value)
              .returning('territory_id')
              .executeTakeFirst();
      if (!row) return refuse('not-found');
      ledger.about('saved-search', searchId, row.territory_id, { frequency });
      return accept();
    })
  );
}
