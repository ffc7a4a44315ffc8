import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { fileOf, importedFileOf, lockSupportImport, planOf, writePlan } from './support-import-rows.ts';
import type { SupportImportReport } from './support-import.rules.ts';

export type SupportImportRefusal = 'not-found' | 'already-settled' | 'file-unreadable';

interface ImportRequest {
  readonly territoryId: Id;
  readonly importId: Id;
}

/** Imports a prepared file, whole or not at all; rows that cannot be read are left out and said. */
export async function runSupportImport(
  ctx: Context,
  request: ImportRequest
): Promise<Verdict<SupportImportReport, SupportImportRefusal>> {
  const { territoryId } = request;
  return transaction(ctx, 'run-support-import', async (tx, ledger) => {
    const row = await lockSupportImport(tx, ctx, territoryId, request.importId);
    if (!row) return refuse('not-found');
    if (row.state !== 'prepared' || !row.content) return refuse('already-settled');
    const imported = importedFileOf({ ...row, content: row.content });
    const file = await fileOf(imported);
    if (!file.ok) return refuse('file-unreadable');
    const { planned, report } = await planOf(tx, territoryId, file.value, imported);
    await writePlan(tx, ctx, territoryId, row.source, planned);
    await tx
      .updateTable('support_import')
      .set({ state: 'done', report: JSON.stringify(report), content: null, finished_at: ctx.now })
      .where('id', '=', row.id)
      .where('territory_id', '=', territoryId)
      .execute();
    const { rows, created, updated, rejected } = report;
    ledger.about('support-import', row.id, territoryId, { rows, created, updated, rejected });
    return accept(report);
  });
}
