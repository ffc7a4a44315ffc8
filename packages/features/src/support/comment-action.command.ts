import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { workedDossier } from './circle.ts';
import { ENDED_STATES, type DossierState } from './dossier-life.rules.ts';
import { actionOf } from './plan-rows.ts';
import { checkActionMove, type ActionMoveRefusal, type ActionState } from './plan.rules.ts';
import type { CommentFields } from './plan.schema.ts';

export interface CommentActionRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly actionId: string;
  readonly fields: CommentFields;
}

export type CommentActionRefusal = 'not-found' | 'dossier-ended' | 'comment-empty' | ActionMoveRefusal;

/**
 * Says something of an action: words, a new state with its reason, time spent; one row holds them all. What has ended
 * still takes words, and moves no more.
 */
export async function commentAction(
  ctx: Context,
  { territoryId, dossierId, actionId, fields }: CommentActionRequest
): Promise<Verdict<ActionState, CommentActionRefusal>> {
  return transaction(ctx, 'comment-action', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    const action = own && (await actionOf(tx, own.row.id, actionId));
    if (!own || !action) return refuse('not-found');
    const { body, move, why, spent } = fields;
    if (!body && !move && spent === 0) return refuse('comment-empty');
    const from = action.state as ActionState;
    let to = from;
    if (move) {
      if (ENDED_STATES.includes(own.row.state as DossierState)) return refuse('dossier-ended');
      const mover = { role: own.role, isOwner: action.owner_member_id === own.memberId };
      const verdict = checkActionMove(from, mover, { move, why, words: body });
      if (!verdict.ok) return verdict;
      to = verdict.value;
      await tx
        .updateTable('plan_action')
        .set({ state: to, state_changed_at: ctx.now, updated_at: ctx.now })
        .where('id', '=', action.id)
        .where('dossier_id', '=', own.row.id)
        .execute();
    }
    await tx
      .insertInto('plan_comment')
      .values({
        id: newId(),
        action_id: action.id,
        dossier_id: own.row.id,
        territory_id: territoryId,
        body,
        from_state: move ? from : null,
        to_state: move ? to : null,
        why: move ? why : null,
        minutes: spent,
        written_by: ctx.actor.accountId,
        written_at: ctx.now
      })
      .execute();
    ledger.about('dossier', own.row.id, territoryId, { action: action.id, ...(move ? { from, to } : {}) });
    return accept(to);
  });
}
