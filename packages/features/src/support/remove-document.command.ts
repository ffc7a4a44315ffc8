import type { Context } from '@terreau/database/context';
import type { FileStore } from '@terreau/database/files';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { workedDossier } from './circle.ts';

/** Takes a document out of a dossier: whoever put it there, or whoever accompanies. Messages keep its name alone. */
export async function removeDocument(
  ctx: Context,
  files: FileStore,
  request: { readonly territoryId: Id; readonly dossierId: string; readonly documentId: string }
): Promise<Verdict<undefined, 'not-found'>> {
  const verdict = await transaction(ctx, 'remove-document', async (tx, ledger): Promise<Verdict<Id, 'not-found'>> => {
    const own = await workedDossier(tx, ctx, request.territoryId, request.dossierId);
    if (!own || !isId(request.documentId)) return refuse('not-found');
    const row = await tx
      .deleteFrom('dossier_document')
      .where('id', '=', request.documentId)
      .where('dossier_id', '=', own.row.id)
      .$if(own.role !== 'facilitator', (query) => query.where('added_by', '=', ctx.actor.accountId))
      .returning('file_id')
      .executeTakeFirst();
    if (!row) return refuse('not-found');
    ledger.about('dossier', own.row.id, request.territoryId, { document: request.documentId });
    return accept(row.file_id);
  });
  if (!verdict.ok) return verdict;
  await files.remove(verdict.value);
  return accept();
}
