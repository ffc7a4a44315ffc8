import type { Context } from '@terreau/database/context';
import { witnessed, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { headOf, ownDossier, type DossierHead } from './circle.ts';
import { DOSSIER_DOCUMENTS_MAX_COUNT, type DocumentType } from './document.rules.ts';
import { mayAdvise, mayWrite } from './support.policy.ts';
import type { Audience } from './talk.schema.ts';

export interface ListedDocument {
  readonly id: Id;
  readonly name: string;
  readonly type: DocumentType;
  readonly bytes: number;
  readonly audience: Audience;
  readonly by: string | null;
  readonly addedAt: Instant;
  readonly isOwn: boolean;
}

export interface DocumentPage {
  readonly head: DossierHead;
  readonly mayAdd: boolean;
  readonly mayAdvise: boolean;
  readonly mayRemoveAny: boolean;
  /** All of them: a dossier holds no more than its limit. */
  readonly documents: readonly ListedDocument[];
  readonly bytes: number;
}

/** The documents of a dossier, the newest first, the look being written down; null for whoever is not of its circle. */
export async function listDocuments(
  ctx: Context,
  request: { readonly territoryId: Id; readonly dossierId: string }
): Promise<DocumentPage | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, request.territoryId, request.dossierId);
    if (!own) return null;
    saw({ dossierId: own.row.id, territoryId: request.territoryId, as: own.role, kind: 'page', what: 'documents' });
    const documents = await documentsOf(tx, ctx, own.row.id, ['circle', 'advisers']);
    return {
      head: headOf(own),
      mayAdd: own.isActive && mayWrite(own.role),
      mayAdvise: mayAdvise(own.role),
      mayRemoveAny: own.isActive && own.role === 'facilitator',
      documents,
      bytes: documents.reduce((sum, { bytes }) => sum + bytes, 0)
    };
  });
}

/** Those of these audiences that the actor may see. */
export async function documentsOf(
  tx: Tx,
  ctx: Context,
  dossierId: Id,
  audiences: readonly Audience[]
): Promise<ListedDocument[]> {
  const rows = await tx
    .selectFrom('dossier_document as document')
    .leftJoin('account', 'account.id', 'document.added_by')
    .select(['document.id', 'document.name', 'media_type', 'bytes', 'audience', 'added_by', 'added_at'])
    .select('account.name as by')
    .where('dossier_id', '=', dossierId)
    .where('audience', 'in', [...audiences])
    .orderBy('document.id', 'desc')
    .limit(DOSSIER_DOCUMENTS_MAX_COUNT)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    type: row.media_type as DocumentType,
    bytes: row.bytes,
    audience: row.audience as Audience,
    by: row.by,
    addedAt: row.added_at,
    isOwn: row.added_by !== null && row.added_by === ctx.actor.accountId
  }));
}
