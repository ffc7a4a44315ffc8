import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { RateLimit } from '../accounts/rate-limit.rules.ts';
import { countHit } from './count-hit.ts';
import { findContent } from './moderated-content.ts';
import { FLAG_REASONS, type FlagReason, type SubjectKind } from './moderation.rules.ts';

export const FLAGS_BY_ADDRESS: RateLimit = { name: 'flag-address', hits: 20, minutes: 60 };
export const FLAG_DETAILS_MAX_CHARACTERS = 2000;
export const FLAG_CONTACT_MAX_CHARACTERS = 254;

export interface FlagRequest {
  readonly territoryId: Id;
  readonly subjectKind: SubjectKind;
  readonly subjectId: Id;
  readonly reason: string;
  readonly details: string | null;
  /** Where the answer goes, if one is wished. */
  readonly contact: string | null;
  /** The network address that the request came from; only its digest is kept, for an hour. */
  readonly address: string;
}

export type FlagRefusal = 'not-found' | 'reason-missing' | 'too-long' | 'too-many-attempts';

/** Anybody says that something public should not be there, without an account. A human of the territory decides. */
export async function flagContent(ctx: Context, request: FlagRequest): Promise<Verdict<Id, FlagRefusal>> {
  return transaction(ctx, 'flag-content', async (tx, ledger) => {
    const { territoryId, subjectKind, subjectId } = request;
    const content = await findContent(tx, territoryId, subjectKind, subjectId);
    if (content?.state !== 'shown') return refuse('not-found');
    const reason = FLAG_REASONS.find((one) => one === request.reason);
    if (!reason) return refuse('reason-missing');
    const isTooLong =
      (request.details?.length ?? 0) > FLAG_DETAILS_MAX_CHARACTERS ||
      (request.contact?.length ?? 0) > FLAG_CONTACT_MAX_CHARACTERS;
    if (isTooLong) return refuse('too-long');
    const counted = await countHit(tx, ctx.now, FLAGS_BY_ADDRESS, request.address);
    if (!counted.ok) return counted;
    const id = newId(ctx.now.getTime());
    // No "returning": a visitor may send a flag, not read it.
    await tx
      .insertInto('flag')
      .values({
        id,
        territory_id: territoryId,
        subject_kind: subjectKind,
        subject_id: subjectId,
        reason: reason satisfies FlagReason,
        details: request.details,
        reporter_account: ctx.actor.accountId,
        reporter_contact: request.contact,
        received_at: ctx.now
      })
      .execute();
    ledger.about('flag', id, territoryId, { reason, kind: subjectKind });
    return accept(id);
  });
}
