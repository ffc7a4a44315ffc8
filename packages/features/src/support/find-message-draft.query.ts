import type { Context } from '@terreau/database/context';
import { witnessed } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { headOf, ownDossier, type DossierHead } from './circle.ts';
import { documentsOf, type ListedDocument } from './list-documents.query.ts';
import { mayWrite } from './support.policy.ts';
import { piecesOf, type ShownPiece } from './talk-pieces.query.ts';
import { findOwnDraft } from './talk-rows.ts';
import type { Audience } from './talk.schema.ts';

export interface MessageDraft {
  readonly head: DossierHead;
  readonly id: Id;
  readonly thread: { readonly id: Id; readonly subject: string; readonly audience: Audience };
  readonly pieces: readonly ShownPiece[];
  /** The newest documents that may be put before the readers of this thread. */
  readonly documents: readonly ListedDocument[];
}

/** A draft of the reader's own, piece by piece; null for any other message. */
export async function findMessageDraft(
  ctx: Context,
  request: { readonly territoryId: Id; readonly dossierId: string; readonly messageId: string }
): Promise<MessageDraft | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, request.territoryId, request.dossierId);
    if (!own?.isActive || !mayWrite(own.role)) return null;
    const draft = await findOwnDraft(tx, ctx, own.row.id, request.messageId);
    if (!draft) return null;
    saw({ dossierId: own.row.id, territoryId: request.territoryId, as: own.role, kind: 'page', what: 'draft' });
    const { id, subject, audience } = draft.thread;
    return {
      head: headOf(own),
      id: draft.id,
      thread: { id, subject, audience },
      pieces: (await piecesOf(tx, [draft.id])).get(draft.id) ?? [],
      documents: await documentsOf(tx, ctx, own.row.id, audience === 'circle' ? ['circle'] : ['circle', 'advisers'])
    };
  });
}
