import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { checkMove, PROMISE_OUTCOMES, type MoveRefusal } from './request-life.rules.ts';
import { withRequest, writeMove, type RequestRow } from './request-rows.ts';

export interface KeepPromise {
  readonly territoryId: Id;
  readonly requestId: Id;
  readonly contactId: Id;
  /** One of `PROMISE_OUTCOMES`. After `no-answer` and `postponed` something new is to be promised. */
  readonly outcome: string;
}

/** What came of a promised contact. Whoever was reached has heard a human: the request is answered, the news is told. */
export async function keepPromise(
  ctx: Context,
  request: KeepPromise
): Promise<Verdict<undefined, 'not-found' | 'already-kept' | MoveRefusal>> {
  return transaction(ctx, 'keep-promise', async (tx, ledger) => {
    const verdict = await withRequest<Verdict<undefined, 'not-found' | 'already-kept' | MoveRefusal>>(
      tx,
      ctx,
      request,
      async (row, mover) => {
        const checked = checkMove(row.state, 'keep-promise', mover.roles, { reason: request.outcome });
        if (!checked.ok) return checked;
        const found = await settle(tx, ctx, row, request);
        if (found !== 'settled') return refuse(found);
        const isReached = request.outcome === PROMISE_OUTCOMES[0];
        if (isReached) await noteReached(tx, ctx, row);
        await writeMove(tx, ctx.now, row, mover, {
          move: 'keep-promise',
          to: checked.value,
          reason: request.outcome,
          change: isReached ? { answered_at: row.answeredAt ?? ctx.now } : {}
        });
        ledger.about('promised-contact', request.contactId, row.territoryId, { outcome: request.outcome });
        return accept();
      }
    );
    return verdict ?? refuse('not-found');
  });
}

async function settle(
  tx: Tx,
  ctx: Context,
  row: RequestRow,
  { contactId, outcome }: KeepPromise
): Promise<'settled' | 'not-found' | 'already-kept'> {
  if (!isId(contactId)) return 'not-found';
  const contact = await tx
    .selectFrom('promised_contact')
    .select(['id', 'done_at'])
    .where('request_id', '=', row.id)
    .where('id', '=', contactId)
    .executeTakeFirst();
  if (!contact) return 'not-found';
  if (contact.done_at) return 'already-kept';
  await tx
    .updateTable('promised_contact')
    .set({ done_at: ctx.now, outcome })
    .where('id', '=', contact.id)
    .where('request_id', '=', row.id)
    .execute();
  return 'settled';
}

/** The person was spoken to: what actors answered is told with the same word. */
async function noteReached(tx: Tx, ctx: Context, row: RequestRow): Promise<void> {
  await tx.updateTable('person').set({ last_contact_at: ctx.now }).where('id', '=', row.personId).execute();
  await tx
    .updateTable('request_offer')
    .set({ person_told_at: ctx.now })
    .where('request_id', '=', row.id)
    .where('state', 'in', ['accepted', 'done'])
    .where('person_told_at', 'is', null)
    .execute();
}
