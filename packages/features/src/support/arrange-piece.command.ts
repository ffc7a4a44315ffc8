import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { workedDossier } from './circle.ts';
import { findOwnDraft } from './talk-rows.ts';
import type { PieceGestureFields } from './talk.schema.ts';

export interface ArrangePieceRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly messageId: string;
  readonly fields: PieceGestureFields;
}

/** Moves a piece of a draft up or down, rewrites its words, or takes it away. */
export async function arrangePiece(
  ctx: Context,
  { territoryId, dossierId, messageId, fields }: ArrangePieceRequest
): Promise<Verdict<undefined, 'not-found' | 'piece-empty'>> {
  return transaction(
    ctx,
    'arrange-piece',
    async (tx, ledger): Promise<Verdict<undefined, 'not-found' | 'piece-empty'>> => {
      const own = await workedDossier(tx, ctx, territoryId, dossierId);
      const draft = own && (await findOwnDraft(tx, ctx, own.row.id, messageId));
      if (!draft) return refuse('not-found');
      const pieces = await tx
        .selectFrom('talk_piece')
        .select(['id', 'position', 'kind', 'recommendation_id as recommendationId'])
        .where('message_id', '=', draft.id)
        .orderBy('position')
        .execute();
      const index = pieces.findIndex((piece) => piece.id === fields.piece);
      const piece = pieces[index];
      if (!piece) return refuse('not-found');
      ledger.about('dossier', own.row.id, territoryId, { message: draft.id, gesture: fields.gesture });
      if (fields.gesture === 'remove') await remove(tx, draft.id, piece);
      else if (fields.gesture === 'rewrite') {
        if (!fields.words || piece.kind !== 'text') return refuse('piece-empty');
        await tx
          .updateTable('talk_piece')
          .set({ words: fields.words })
          .where('id', '=', piece.id)
          .where('message_id', '=', draft.id)
          .execute();
      } else {
        const other = pieces[index + (fields.gesture === 'up' ? -1 : 1)];
        if (other) await swap(tx, draft.id, piece, other);
      }
      return accept();
    }
  );
}

interface PiecePlace {
  readonly id: Id;
  readonly position: number;
}

/** A recommendation that is taken out of its draft was never made; it takes its piece with it. */
async function remove(
  tx: Tx,
  messageId: Id,
  piece: PiecePlace & { readonly kind: string; readonly recommendationId: Id | null }
): Promise<void> {
  if (piece.kind === 'recommendation') {
    await tx
      .deleteFrom('talk_recommendation')
      .where('id', '=', piece.recommendationId!)
      .where('message_id', '=', messageId)
      .execute();
    return;
  }
  await tx.deleteFrom('talk_piece').where('id', '=', piece.id).where('message_id', '=', messageId).execute();
}

/** The order is checked when the transaction ends: in between, two pieces may stand in one place. */
async function swap(tx: Tx, messageId: Id, one: PiecePlace, other: PiecePlace): Promise<void> {
  for (const { id, position } of [
    { id: one.id, position: other.position },
    { id: other.id, position: one.position }
  ]) {
    await tx
      .updateTable('talk_piece')
      .set({ position })
      .where('id', '=', id)
      .where('message_id', '=', messageId)
      .execute();
  }
}
