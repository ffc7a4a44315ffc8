import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { hashToken, newToken } from '../accounts/tokens.ts';

export const CALENDAR_SHOWS = ['times', 'titles'] as const;
/** What a subscribed calendar shows: the hours alone, or also what the dossiers are called. */
export type CalendarShows = (typeof CALENDAR_SHOWS)[number];

/** Makes the secret address of one's own calendar, in place of the one before. It is shown this once. */
export async function makeCalendarLink(
  ctx: Context,
  { shows }: { readonly shows: CalendarShows }
): Promise<Verdict<string, 'not-found'>> {
  return transaction(ctx, 'make-calendar-link', async (tx, ledger) => {
    const { accountId } = ctx.actor;
    if (!accountId) return refuse('not-found');
    await tx
      .updateTable('calendar_link')
      .set({ revoked_at: ctx.now })
      .where('account_id', '=', accountId)
      .where('revoked_at', 'is', null)
      .execute();
    const token = newToken();
    await tx
      .insertInto('calendar_link')
      .values({ account_id: accountId, token_hash: hashToken(token), shows, made_at: ctx.now })
      .execute();
    ledger.about('account', accountId, null, { shows });
    return accept(token);
  });
}
