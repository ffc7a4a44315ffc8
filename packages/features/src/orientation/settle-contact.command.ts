import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { timeZoneOf } from '../directory/time-zone.ts';
import { noteMove } from './note-move.ts';
import { mayHaveWeek } from './week.policy.ts';

export interface SettleContactRequest {
  readonly territoryId: Id;
  readonly contactId: Id;
  /** `reached`: it was made, and the person heard a human. `postponed`: the same is promised again, for today. */
  readonly outcome: 'reached' | 'postponed';
}

/** Whoever promised a call, a visit or a message says that it was made, or promises it for today. */
export async function settleContact(
  ctx: Context,
  { territoryId, contactId, outcome }: SettleContactRequest
): Promise<Verdict<undefined, 'not-found'>> {
  const { accountId } = ctx.actor;
  if (!accountId || !mayHaveWeek(ctx.actor, territoryId)) return refuse('not-found');
  return transaction(ctx, 'settle-contact', async (tx, ledger) => {
    const contact = await tx
      .updateTable('promised_contact')
      .set({ done_at: ctx.now, outcome })
      .where('id', '=', contactId)
      .where('territory_id', '=', territoryId)
      .where('promised_by', '=', accountId)
      .where('done_at', 'is', null)
      .returning(['request_id', 'kind', 'note'])
      .executeTakeFirst();
    if (!contact) return refuse('not-found');
    const { request_id: requestId, kind, note } = contact;
    if (outcome === 'postponed') {
      const today = localDate(ctx.now, await timeZoneOf(tx, territoryId));
      const again = { territory_id: territoryId, request_id: requestId, kind, note, promised_by: accountId };
      await tx
        .insertInto('promised_contact')
        .values({ ...again, promised_on: today, created_at: ctx.now })
        .execute();
    }
    if (requestId) await settleRequest(tx, ctx, { id: requestId, territoryId }, outcome);
    ledger.about('promised-contact', contactId, territoryId, { outcome });
    return accept();
  });
}

/** The first human word to the person stops the clock of the request. */
async function settleRequest(
  tx: Tx,
  ctx: Context,
  { id, territoryId }: { readonly id: Id; readonly territoryId: Id },
  outcome: SettleContactRequest['outcome']
): Promise<void> {
  const request = await tx
    .selectFrom('request')
    .select(['state', 'answered_at', 'person_id'])
    .where('id', '=', id)
    .where('territory_id', '=', territoryId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (outcome === 'reached') {
    await tx
      .updateTable('request')
      .set({ answered_at: request.answered_at ?? ctx.now, updated_at: ctx.now })
      .where('id', '=', id)
      .execute();
    await tx.updateTable('person').set({ last_contact_at: ctx.now }).where('id', '=', request.person_id).execute();
  }
  await noteMove(tx, ctx, { id, territoryId, state: request.state }, 'keep-promise', outcome);
}
