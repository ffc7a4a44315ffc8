import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import type { CalendarShows } from './make-calendar-link.command.ts';

export interface OwnCalendarLink {
  readonly shows: CalendarShows;
  readonly madeAt: Instant;
  readonly lastReadOn: LocalDate | null;
}

/** The secret address of one's own calendar that is in force, without the secret; null when there is none. */
export async function findCalendarLink(ctx: Context): Promise<OwnCalendarLink | null> {
  const { accountId } = ctx.actor;
  if (!accountId) return null;
  const row = await reading(ctx, (tx) =>
    tx
      .selectFrom('calendar_link')
      .select(['shows', 'made_at as madeAt', 'last_read_on as lastReadOn'])
      .where('account_id', '=', accountId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
  );
  return row ? { ...row, shows: row.shows as CalendarShows } : null;
}
