import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { refuse, type Verdict } from '@terreau/kernel/verdict';
import { proposeRequest, type Proposal, type ProposalRefusal } from './propose-request.ts';
import { withRequest } from './request-rows.ts';

export interface OfferRequest extends Proposal {
  readonly territoryId: Id;
  readonly requestId: Id;
}

/**
 * Proposes a request to one or several actors. They read what is listed in `sharedFields` and nothing else; the first
 * who accepts has it, and the others are told.
 */
export async function offerRequest(ctx: Context, request: OfferRequest): Promise<Verdict<Id[], ProposalRefusal>> {
  return transaction(ctx, 'offer-request', async (tx, ledger) => {
    const verdict = await withRequest(tx, ctx, request, (row, mover) =>
      proposeRequest(tx, ctx, ledger, row, mover, 'offer', request)
    );
    return verdict ?? refuse('not-found');
  });
}
