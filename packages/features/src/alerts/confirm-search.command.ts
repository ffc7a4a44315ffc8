import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { asPlatform } from '../trust/as-platform.ts';
import { searchBehind } from './search-owner.ts';

/** Whoever received the message says that the alert is theirs: it begins now. Saying it twice changes nothing. */
export async function confirmSearch(ctx: Context, token: string): Promise<Verdict<undefined, 'not-found'>> {
  return transaction(ctx, 'confirm-search', (tx, ledger) =>
    asPlatform(tx, async () => {
      const id = await searchBehind(tx, token);
      const row = id
        ? await tx
            .selectFrom('saved_search')
            .select(['id', 'territory_id', 'confirmed_at'])
            .where('id', '=', id)
            .forUpdate()
            .executeTakeFirst()
        : undefined;
      if (!row) return refuse('not-found');
      if (row.confirmed_at) return accept();
      await tx
        .updateTable('saved_search')
        .set({ confirmed_at: ctx.now, looked_at: ctx.now })
        .where('id', '=', row.id)
        .execute();
      ledger.about('saved-search', row.id, row.territory_id);
      return accept();
    })
  );
}
