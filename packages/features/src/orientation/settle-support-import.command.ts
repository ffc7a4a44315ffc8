import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { SupportImportRefusal } from './run-support-import.command.ts';
import { lockSupportImport } from './support-import-rows.ts';
import type { SupportMapping } from './support-presets.rules.ts';

/** Gives a prepared import up, with its file; or has it read again with other columns. */
export async function settleSupportImport(
  ctx: Context,
  request: {
    readonly territoryId: Id;
    readonly importId: Id;
    /** Null: given up. */
    readonly mapping: SupportMapping | null;
  }
): Promise<Verdict<undefined, SupportImportRefusal>> {
  const { territoryId, mapping } = request;
  return transaction(ctx, mapping ? 'correct-support-import' : 'cancel-support-import', async (tx, ledger) => {
    const row = await lockSupportImport(tx, ctx, territoryId, request.importId);
    if (!row) return refuse('not-found');
    if (row.state !== 'prepared') return refuse('already-settled');
    await tx
      .updateTable('support_import')
      .set(mapping ? { mapping: JSON.stringify(mapping) } : { state: 'cancelled', content: null, finished_at: ctx.now })
      .where('id', '=', row.id)
      .where('territory_id', '=', territoryId)
      .execute();
    ledger.about('support-import', row.id, territoryId);
    return accept();
  });
}
