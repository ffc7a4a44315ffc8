import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { movedCommittee, type CommitteeAddress, type CommitteeRefusal } from './committee-rows.ts';
import type { SeatFields } from './committee.schema.ts';

export type SeatInCommitteeRefusal = CommitteeRefusal | 'no-such-account' | 'seated-already' | 'committee-full';

export const COMMITTEE_MAX_MEMBERS = 20;

/** Seats somebody who has an account: they read the agenda in its thirty days, and give opinions that bind nobody. */
export async function seatInCommittee(
  ctx: Context,
  { fields, ...address }: CommitteeAddress & { readonly fields: SeatFields }
): Promise<Verdict<Id, SeatInCommitteeRefusal>> {
  return transaction(ctx, 'seat-in-committee', async (tx, ledger) => {
    const own = await movedCommittee(tx, ctx, address, 'seat');
    if (!own.ok) return own;
    const { row } = own.value;
    const account = await tx
      .selectFrom('account')
      .select('id')
      .where('email', '=', fields.email)
      .where('email_verified', '=', true)
      .where('suspended_at', 'is', null)
      .executeTakeFirst();
    if (!account) return refuse('no-such-account');
    const seated = await tx
      .selectFrom('committee_member')
      .select('account_id')
      .where('committee_id', '=', row.id)
      .where('left_at', 'is', null)
      .execute();
    if (seated.some((member) => member.account_id === account.id)) return refuse('seated-already');
    if (seated.length >= COMMITTEE_MAX_MEMBERS) return refuse('committee-full', { max: COMMITTEE_MAX_MEMBERS });
    const id = newId();
    await tx
      .insertInto('committee_member')
      .values({
        id,
        committee_id: row.id,
        territory_id: address.territoryId,
        role: fields.role,
        account_id: account.id,
        seated_by: ctx.actor.accountId,
        seated_at: ctx.now
      })
      .execute();
    ledger.about('committee', row.id, address.territoryId, { role: fields.role });
    return accept(id);
  });
}
