import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { checkMove, type MoveRefusal } from './request-life.rules.ts';
import { withRequest, writeMove, type Mover, type RequestRow } from './request-rows.ts';
import { placeOfTerritory } from './territory-place.ts';
import { mayHaveWeek } from './week.policy.ts';

export interface SettleContactRequest {
  readonly territoryId: Id;
  readonly contactId: Id;
  /** `reached`: it was made, and the person heard a human. `postponed`: the same is promised again, for today. */
  readonly outcome: 'reached' | 'postponed';
}

/**
 * Whoever promised a call, a visit or a message says that it was made, or promises it for today. What was promised in
 * nobody's name is settled by anybody of the team.
 */
export async function settleContact(
  ctx: Context,
  { territoryId, contactId, outcome }: SettleContactRequest
): Promise<Verdict<undefined, 'not-found' | MoveRefusal>> {
  const { accountId } = ctx.actor;
  if (!accountId || !mayHaveWeek(ctx.actor, territoryId)) return refuse('not-found');
  return transaction(ctx, 'settle-contact', async (tx, ledger) => {
    const contact = await tx
      .updateTable('promised_contact')
      .set({ done_at: ctx.now, outcome, promised_by: accountId })
      .where('id', '=', contactId)
      .where('territory_id', '=', territoryId)
      .where((where) => where.or([where('promised_by', '=', accountId), where('promised_by', 'is', null)]))
      .where('done_at', 'is', null)
      .returning(['request_id as requestId', 'kind', 'note'])
      .executeTakeFirst();
    if (!contact) return refuse('not-found');
    const { requestId, kind, note } = contact;
    if (outcome === 'postponed') {
      const promised_on = localDate(ctx.now, (await placeOfTerritory(tx, territoryId)).timeZone);
      const again = {
        territory_id: territoryId,
        request_id: requestId,
        kind,
        note,
        promised_by: accountId,
        promised_on
      };
      await tx
        .insertInto('promised_contact')
        .values({ ...again, created_at: ctx.now })
        .execute();
    }
    ledger.about('promised-contact', contactId, territoryId, { outcome });
    if (!requestId) return accept();
    const verdict = await withRequest(tx, ctx, { territoryId, requestId }, (row, mover) =>
      noteContact(tx, ctx, row, mover, outcome)
    );
    return verdict ?? refuse('not-found');
  });
}

/** The first human word to the person stops the clock of their request. */
async function noteContact(
  tx: Tx,
  ctx: Context,
  row: RequestRow,
  mover: Mover,
  outcome: SettleContactRequest['outcome']
): Promise<Verdict<undefined, MoveRefusal>> {
  const checked = checkMove(row.state, 'keep-promise', mover.roles, { reason: outcome });
  if (!checked.ok) return checked;
  const isReached = outcome === 'reached';
  const change = isReached ? { answered_at: row.answeredAt ?? ctx.now } : {};
  await writeMove(tx, ctx.now, row, mover, { move: 'keep-promise', to: checked.value, reason: outcome, change });
  if (isReached) {
    await tx.updateTable('person').set({ last_contact_at: ctx.now }).where('id', '=', row.personId).execute();
  }
  return accept();
}
