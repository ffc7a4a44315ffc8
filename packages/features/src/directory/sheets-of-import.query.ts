import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { mayImport } from './import.policy.ts';

/** The sheets that a finished import made or changed, to be compared with the others; empty for who may not import. */
export async function sheetsOfImport(ctx: Context, territoryId: Id, runId: Id): Promise<Id[]> {
  if (!mayImport(ctx.actor, territoryId) || !isId(runId)) return [];
  return reading(ctx, async (tx) => {
    const run = await tx
      .selectFrom('import_run')
      .select('finished_at')
      .where('id', '=', runId)
      .where('territory_id', '=', territoryId)
      .where('state', '=', 'done')
      .executeTakeFirst();
    const at = run?.finished_at;
    if (!at) return [];
    // Everything that one import writes bears the instant at which it was asked for.
    const rows = await tx
      .selectFrom('organization')
      .select('id')
      .where('territory_id', '=', territoryId)
      .where('updated_at', '=', at)
      .union(
        tx
          .selectFrom('place')
          .select('organization_id as id')
          .where('territory_id', '=', territoryId)
          .where('updated_at', '=', at)
      )
      .execute();
    return rows.map((row) => row.id);
  });
}
