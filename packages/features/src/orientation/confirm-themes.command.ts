import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isCodeOf, THEMES } from '@terreau/formats/vocabulary';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { withReceipt } from '../trust/receipt-access.ts';
import { sentRequests, sentScope } from './sent-requests.ts';

const THEMES_MAX_COUNT = 30;

/** Whoever asked says which of the themes that their words may mean are the right ones; unknown codes are passed over. */
export async function confirmThemes(
  ctx: Context,
  { code, requestId, themes }: { readonly code: string; readonly requestId: Id; readonly themes: readonly string[] }
): Promise<Verdict<undefined, 'code-unknown'>> {
  if (!isId(requestId)) return refuse('code-unknown');
  const known = themes.slice(0, THEMES_MAX_COUNT).filter((theme) => isCodeOf(THEMES, theme));
  return transaction(ctx, 'confirm-themes', async (tx, ledger) => {
    const done = await withReceipt(tx, code, async (receipt) => {
      const own = await sentRequests(tx, sentScope(receipt));
      const request = own.find(({ id, isLive }) => id === requestId && isLive);
      if (!request) return false;
      await tx
        .updateTable('request')
        .set({
          themes: [...new Set([...request.themes, ...known])].slice(0, THEMES_MAX_COUNT),
          version: sql<number>`version + 1`,
          updated_at: ctx.now
        })
        .where('id', '=', requestId)
        .execute();
      ledger.about('request', requestId, receipt.territoryId);
      return true;
    });
    return done ? accept() : refuse('code-unknown');
  });
}
