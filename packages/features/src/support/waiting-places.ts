import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { asPlatform } from '../trust/as-platform.ts';

export interface WaitingPlace {
  readonly memberId: Id;
  readonly dossierId: Id;
  readonly role: string;
  /** Who brought them in; null when that account is gone. */
  readonly by: string | null;
}

const WAITING_MAX_ROWS = 20;

/** The places of circles that wait for the actor: somebody gave their address, which they proved to be theirs. */
export async function waitingPlaces(tx: Tx, { actor }: Context, territoryId: Id): Promise<WaitingPlace[]> {
  const { accountId } = actor;
  if (!accountId) return [];
  const account = await tx
    .selectFrom('account')
    .select('email')
    .where('id', '=', accountId)
    .where('email_verified', '=', true)
    .where('suspended_at', 'is', null)
    .executeTakeFirst();
  if (!account) return [];
  return asPlatform(tx, () =>
    tx
      .selectFrom('dossier_member as member')
      .innerJoin('person', 'person.id', 'member.person_id')
      .leftJoin('account as bringer', 'bringer.id', 'member.added_by')
      .distinctOn('member.dossier_id')
      .select(['member.id as memberId', 'member.dossier_id as dossierId', 'member.role', 'bringer.name as by'])
      .where('member.territory_id', '=', territoryId)
      .where('member.account_id', 'is', null)
      .where('member.left_at', 'is', null)
      .where((is) => is(is.fn('lower', ['person.email']), '=', account.email))
      .where((is) =>
        is.not(
          is.exists(
            is
              .selectFrom('dossier_member as own')
              .select('own.id')
              .whereRef('own.dossier_id', '=', 'member.dossier_id')
              .where('own.account_id', '=', accountId)
              .where('own.left_at', 'is', null)
          )
        )
      )
      .orderBy('member.dossier_id')
      .limit(WAITING_MAX_ROWS)
      .execute()
  );
}
