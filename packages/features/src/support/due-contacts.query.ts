import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { ENDED_STATES } from './dossier-life.rules.ts';

export interface DueContacts {
  readonly count: number;
  /** The day of the one that waits longest; null when none does. */
  readonly firstOn: LocalDate | null;
}

/**
 * The dossiers that the reader accompanies whose next contact is today or has passed: one line of a week. Not those that
 * sleep, nor those with check-ups, which have lines of their own, nor those whose promised call already stands there.
 */
export async function dueContacts(ctx: Context, territoryId: Id, today: LocalDate): Promise<DueContacts> {
  const { accountId } = ctx.actor;
  if (!accountId) return { count: 0, firstOn: null };
  return reading(ctx, async (tx) => {
    const row = await tx
      .selectFrom('dossier')
      .innerJoin('dossier_member as member', 'member.dossier_id', 'dossier.id')
      .select((select) => [
        select.fn.countAll<string>().as('count'),
        select.fn.min('dossier.next_contact_on').as('firstOn')
      ])
      .where('dossier.territory_id', '=', territoryId)
      .where('dossier.state', 'not in', [...ENDED_STATES, 'check-up-12', 'paused'])
      .where('dossier.next_contact_on', '<=', today)
      .where('member.account_id', '=', accountId)
      .where('member.role', '=', 'facilitator')
      .where('member.left_at', 'is', null)
      .where((where) =>
        where.not(
          where.exists(
            where
              .selectFrom('promised_contact')
              .select('promised_contact.id')
              .whereRef('promised_contact.dossier_id', '=', 'dossier.id')
              .where('promised_contact.done_at', 'is', null)
              .where('promised_contact.promised_on', '<=', today)
          )
        )
      )
      .executeTakeFirstOrThrow();
    return { count: Number(row.count), firstOn: row.firstOn };
  });
}
