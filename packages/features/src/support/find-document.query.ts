import type { Context } from '@terreau/database/context';
import type { FileStore } from '@terreau/database/files';
import { witnessed } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { ownDossier } from './circle.ts';
import type { DocumentType } from './document.rules.ts';

export interface FoundDocument {
  readonly name: string;
  readonly type: DocumentType;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A document of a dossier for somebody who may read it, the look being written down as a file; null otherwise. */
export async function findDocument(
  ctx: Context,
  files: FileStore,
  request: { readonly territoryId: Id; readonly dossierId: string; readonly documentId: string }
): Promise<FoundDocument | null> {
  const row = await witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, request.territoryId, request.dossierId);
    if (!own || !isId(request.documentId)) return null;
    const found = await tx
      .selectFrom('dossier_document')
      .select(['name', 'media_type', 'file_id'])
      .where('id', '=', request.documentId)
      .where('dossier_id', '=', own.row.id)
      .executeTakeFirst();
    if (!found) return null;
    saw({ dossierId: own.row.id, territoryId: request.territoryId, as: own.role, kind: 'file', what: 'document' });
    return found;
  });
  const bytes = row ? await files.read(row.file_id) : null;
  return row && bytes ? { name: row.name, type: row.media_type as DocumentType, bytes } : null;
}
