import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { proposeRequest, type Proposal, type ProposalRefusal, type Recipient } from './propose-request.ts';
import { withRequest } from './request-rows.ts';

export interface HandOverRequest extends Omit<Proposal, 'recipients'> {
  readonly territoryId: Id;
  readonly requestId: Id;
  readonly recipient: Recipient;
}

/**
 * Another structure takes a request from here: with the person's recorded agreement to what is listed, among which a way
 * to reach them. It is done when the structure acknowledges it, and the person is told then.
 */
export async function handOverRequest(ctx: Context, request: HandOverRequest): Promise<Verdict<Id, ProposalRefusal>> {
  return transaction(ctx, 'hand-over-request', async (tx, ledger) => {
    const verdict = await withRequest(tx, ctx, request, (row, mover) =>
      proposeRequest(tx, ctx, ledger, row, mover, 'hand-over', { ...request, recipients: [request.recipient] })
    );
    if (!verdict) return refuse('not-found');
    return verdict.ok ? accept(verdict.value[0]!) : verdict;
  });
}
