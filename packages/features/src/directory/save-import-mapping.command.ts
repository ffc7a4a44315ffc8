import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { mayImport } from './import.policy.ts';
import { columnsKey } from './saved-mappings.ts';

export const MAPPING_NAME_MAX_CHARACTERS = 120;

export interface SaveImportMappingRequest {
  readonly territoryId: Id;
  readonly runId: Id;
  readonly name: string;
}

/** Keeps the columns chosen for a run under a name, to be used with the next file of the same columns. A known name is replaced. */
export async function saveImportMapping(
  ctx: Context,
  request: SaveImportMappingRequest
): Promise<Verdict<undefined, 'not-found' | 'name-missing'>> {
  return transaction(ctx, 'save-import-mapping', async (tx, ledger) => {
    const { territoryId, runId } = request;
    if (!mayImport(ctx.actor, territoryId) || !isId(runId)) return refuse('not-found');
    const name = request.name.trim().slice(0, MAPPING_NAME_MAX_CHARACTERS);
    if (name === '') return refuse('name-missing');
    const run = await tx
      .selectFrom('import_run')
      .select(['preset', 'analysis'])
      .where('id', '=', runId)
      .where('territory_id', '=', territoryId)
      .executeTakeFirst();
    const [part] =
      (run?.analysis as unknown as { parts: { columns: string[]; mapping: object; preset: string }[] } | null)?.parts ??
      [];
    if (!run || !part) return refuse('not-found');
    const values = {
      preset: part.preset,
      mapping: JSON.stringify({ columns: part.mapping }),
      columns_key: columnsKey(part.columns),
      saved_by: ctx.actor.accountId,
      saved_at: ctx.now
    };
    await tx
      .insertInto('import_mapping')
      .values({ ...values, territory_id: territoryId, name })
      .onConflict((conflict) => conflict.columns(['territory_id', 'name']).doUpdateSet(values))
      .execute();
    ledger.about('territory', territoryId, territoryId, { mapping: name });
    return accept();
  });
}
