import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { localDate, type LocalDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { applyFields } from './field-history.ts';
import { checkPostMove, type PostMoveRefusal, type PostState } from './post-lifecycle.rules.ts';
import { byHand, lockOwnOrganization, subjectOf } from './sheet-rows.ts';
import { timeZoneOf } from './time-zone.ts';

export const OUTCOME_MAX_CHARACTERS = 1000;

export interface MovePostRequest {
  readonly territoryId: Id;
  readonly postId: Id;
  readonly to: PostState;
  /** What came of it, in the author's words. */
  readonly outcome: string | null;
  /** A new date, to reopen a post whose date has passed. */
  readonly expiresOn: LocalDate | null;
}

export type MovePostRefusal = 'not-found' | 'outcome-too-long' | PostMoveRefusal;

/** Follows a need or an offer: somebody is in touch, it is settled, it is withdrawn, or it opens again. */
export async function movePost(ctx: Context, request: MovePostRequest): Promise<Verdict<PostState, MovePostRefusal>> {
  return transaction(ctx, 'move-post', async (tx, ledger) => {
    if (!isId(request.postId)) return refuse('not-found');
    const row = await tx
      .selectFrom('post')
      .selectAll()
      .where('id', '=', request.postId)
      .where('territory_id', '=', request.territoryId)
      .forUpdate()
      .executeTakeFirst();
    const organization = row && (await lockOwnOrganization(tx, ctx, row.territory_id, row.organization_id));
    // What a moderator hid comes back by a moderator alone.
    if (!row || !organization || row.hidden_at) return refuse('not-found');
    if ((request.outcome?.length ?? 0) > OUTCOME_MAX_CHARACTERS) {
      return refuse('outcome-too-long', { max: OUTCOME_MAX_CHARACTERS });
    }
    const today = localDate(ctx.now, await timeZoneOf(tx, row.territory_id));
    const post = { state: row.state as PostState, expiresOn: row.expires_on };
    const moved = checkPostMove(post, request.to, request.expiresOn, today);
    if (!moved.ok) return moved;
    const wanted = {
      state: moved.value.state,
      expires_on: moved.value.expiresOn,
      outcome: request.outcome?.trim() || row.outcome
    };
    await applyFields(tx, subjectOf('post', row), row, wanted, byHand(ctx));
    await tx.updateTable('post').set({ state_changed_at: ctx.now }).where('id', '=', row.id).execute();
    ledger.about('post', row.id, row.territory_id, { from: row.state, to: moved.value.state });
    return accept(moved.value.state);
  });
}
