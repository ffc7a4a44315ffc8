import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { withReceipt } from '../trust/receipt-access.ts';
import { sentRequests, sentScope, type SentRequest } from './sent-requests.ts';

/** Whoever asked takes their request back with its code: what was proposed to others ends with it. */
export async function withdrawByCode(
  ctx: Context,
  asked: { readonly code: string; readonly requestId: Id }
): Promise<Verdict<undefined, 'code-unknown'>> {
  if (!isId(asked.requestId)) return refuse('code-unknown');
  return transaction(ctx, 'withdraw-request', async (tx, ledger) => {
    const done = await withReceipt(tx, asked.code, async (receipt) => {
      const own = await sentRequests(tx, sentScope(receipt));
      const request = own.find(({ id, isLive }) => id === asked.requestId && isLive);
      if (!request) return false;
      await withdraw(tx, ctx, request);
      ledger.about('request', request.id, request.territoryId);
      return true;
    });
    return done ? accept() : refuse('code-unknown');
  });
}

async function withdraw(tx: Tx, ctx: Context, { id, territoryId, state }: SentRequest): Promise<void> {
  await tx
    .updateTable('request')
    .set({
      state: 'withdrawn',
      state_changed_at: ctx.now,
      updated_at: ctx.now,
      version: sql<number>`version + 1`
    })
    .where('id', '=', id)
    .execute();
  await tx
    .updateTable('request_offer')
    .set({ state: 'withdrawn' })
    .where('request_id', '=', id)
    .where('state', 'in', ['pending', 'accepted'])
    .execute();
  await tx
    .insertInto('request_move')
    .values({
      request_id: id,
      territory_id: territoryId,
      move: 'withdraw',
      from_state: state,
      to_state: 'withdrawn',
      moved_as: 'person',
      moved_at: ctx.now
    })
    .execute();
}
