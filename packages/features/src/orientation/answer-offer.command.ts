import { ownOrganizations, type Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { refuse, type Verdict } from '@terreau/kernel/verdict';
import { takeAnswer, type AnsweredOffer, type TakeAnswerRefusal, type TakenAnswer } from './offer-answer.ts';
import { withReplyLink, type ReplyLinkRefusal } from './reply-links.ts';
import { checkVersion, withRequest, type Mover, type OfferRow } from './request-rows.ts';

export interface AnswerOffer extends TakenAnswer {
  /** Either the link of the mail, or the offer as a member of its structure, or the team, sees it. */
  readonly by:
    | { readonly token: string }
    | { readonly territoryId: Id; readonly requestId: Id; readonly offerId: Id; readonly version?: number | undefined };
}

export type AnswerOfferRefusal = 'not-found' | 'moved-meanwhile' | TakeAnswerRefusal | ReplyLinkRefusal;

/**
 * An actor says yes or no to a request, gives back what they accepted, or says that it is done; by their account, by the
 * link of a mail, or on the telephone to somebody of the team who types it. Of several who accept, the first has it.
 */
export async function answerOffer(
  ctx: Context,
  request: AnswerOffer
): Promise<Verdict<AnsweredOffer, AnswerOfferRefusal>> {
  return transaction(ctx, `${request.answer}-offer`, async (tx, ledger) => {
    const { by } = request;
    if ('token' in by) {
      return withReplyLink(tx, ctx, by.token, (row, mover, offer) =>
        takeAnswer(tx, ctx, ledger, request, row, mover, offer, true)
      );
    }
    const verdict = await withRequest(tx, ctx, by, async (row, mover) => {
      const offer = row.offers.find((one) => one.id === by.offerId);
      if (!offer || !mayAnswer(ctx, mover, offer)) return refuse('not-found');
      const current = await checkVersion(tx, row, by.version);
      return current.ok ? takeAnswer(tx, ctx, ledger, request, row, mover, offer, false) : current;
    });
    return verdict ?? refuse('not-found');
  });
}

/** A member answers for their own structure only, whatever else was offered to others. */
function mayAnswer(ctx: Context, { roles }: Mover, offer: OfferRow): boolean {
  return (
    roles.has('team') || (offer.organizationId !== null && ownOrganizations(ctx.actor).includes(offer.organizationId))
  );
}
