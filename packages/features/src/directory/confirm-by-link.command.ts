import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { hashOfToken, isConfirmToken } from './confirm-token.ts';
import { confirmedNow } from './freshness.rules.ts';

/**
 * The one-tap confirmation of a mail, without an account. The link works until it expires or a newer one replaces it:
 * a second tap renews again and harms nothing. Unknown, expired and no longer published answer alike.
 */
export async function confirmByLink(
  ctx: Context,
  request: { readonly token: string }
): Promise<Verdict<{ organizationId: Id; staleAt: Instant }, 'link-unknown'>> {
  if (!isConfirmToken(request.token)) return refuse('link-unknown');
  return transaction(ctx, 'confirm-organization-by-link', async (tx, ledger) => {
    const hash = hashOfToken(request.token);
    // Row-level security lets whoever shows this hash renew this one sheet.
    await sql`select set_config('terreau.confirm_token', ${hash}, true)`.execute(tx);
    const row = await tx
      .selectFrom('organization')
      .select(['id', 'territory_id', 'promise_months'])
      .where('confirm_token_hash', '=', hash)
      .where('confirm_token_expires_at', '>', ctx.now)
      .where('status', '=', 'published')
      .executeTakeFirst();
    if (!row) return refuse('link-unknown');
    const dates = confirmedNow(row.promise_months, ctx.now);
    await tx
      .updateTable('organization')
      .set({ ...dates, dormant_at: null })
      .where('id', '=', row.id)
      .where('confirm_token_hash', '=', hash)
      .executeTakeFirstOrThrow();
    ledger.about('organization', row.id, row.territory_id, { months: row.promise_months });
    return accept({ organizationId: row.id, staleAt: dates.stale_at });
  });
}
