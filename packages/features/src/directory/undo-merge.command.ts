import type { Context } from '@terreau/database/context';
import type { DB } from '@terreau/database/schema';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql, type Selectable } from 'kysely';
import { mayImport } from './import.policy.ts';
import { sameValue } from './merge-fields.rules.ts';
import type { MovedRows } from './merge-rows.ts';
import { lockOrganization } from './sheet-rows.ts';

export type UndoMergeRefusal = 'not-found' | 'already-undone' | 'kept-merged-since';

/**
 * Puts two merged sheets back as they were. What somebody typed on the kept sheet since the merge stays; what was
 * moved goes back, even if it was edited meanwhile.
 */
export async function undoMerge(
  ctx: Context,
  request: { territoryId: Id; mergeId: Id }
): Promise<Verdict<{ keptId: Id; absorbedId: Id }, UndoMergeRefusal>> {
  return transaction(ctx, 'undo-merge', async (tx, ledger) => {
    const { territoryId, mergeId } = request;
    if (!mayImport(ctx.actor, territoryId) || !isId(mergeId)) return refuse('not-found');
    const merge = await lockMerge(tx, territoryId, mergeId);
    if (!merge) return refuse('not-found');
    if (merge.undone_at) return refuse('already-undone');
    const kept = await lockOrganization(tx, territoryId, merge.kept_id);
    if (!kept) return refuse('not-found');
    if (kept.status === 'merged') return refuse('kept-merged-since');
    const moved = merge.moved as unknown as MovedRows;
    await restoreAbsorbed(tx, merge, moved);
    await moveBack(tx, merge, moved);
    await restoreKept(tx, merge, moved, kept);
    await tx
      .updateTable('duplicate_pair')
      .set({ state: 'open', decided_by: null, decided_at: null })
      .where('territory_id', '=', territoryId)
      .where('first_id', 'in', [merge.kept_id, merge.absorbed_id])
      .where('second_id', 'in', [merge.kept_id, merge.absorbed_id])
      .where('state', '=', 'merged')
      .execute();
    await tx
      .updateTable('merge')
      .set({ undone_by: ctx.actor.accountId, undone_at: ctx.now })
      .where('id', '=', mergeId)
      .where('territory_id', '=', territoryId)
      .execute();
    ledger.about('organization', merge.kept_id, territoryId, { restored: merge.absorbed_id, merge: mergeId });
    return accept({ keptId: merge.kept_id, absorbedId: merge.absorbed_id });
  });
}

type Merge = Selectable<DB['merge']>;

function lockMerge(tx: Tx, territoryId: Id, mergeId: Id): Promise<Merge | undefined> {
  return tx
    .selectFrom('merge')
    .selectAll()
    .where('id', '=', mergeId)
    .where('territory_id', '=', territoryId)
    .forUpdate()
    .executeTakeFirst();
}

async function restoreAbsorbed(tx: Tx, merge: Merge, { absorbed }: MovedRows): Promise<void> {
  await tx
    .updateTable('organization')
    .set({
      status: absorbed.status,
      status_reason: absorbed.statusReason,
      merged_into: null,
      updated_at: sql<Date>`${absorbed.updatedAt}::timestamptz`
    })
    .where('id', '=', merge.absorbed_id)
    .where('territory_id', '=', merge.territory_id)
    .execute();
}

async function moveBack(tx: Tx, merge: Merge, moved: MovedRows): Promise<void> {
  const rows = {
    place: moved.places,
    service: moved.services,
    post: moved.posts,
    correction: moved.corrections,
    role_grant: moved.members
  };
  for (const [table, ids] of Object.entries(rows) as [keyof typeof rows, readonly Id[]][]) {
    if (ids.length === 0) continue;
    await tx
      .updateTable(table)
      .set({ organization_id: merge.absorbed_id })
      .where('id', 'in', ids)
      .where('organization_id', '=', merge.kept_id)
      .execute();
  }
}

async function restoreKept(
  tx: Tx,
  merge: Merge,
  moved: MovedRows,
  kept: Selectable<DB['organization']>
): Promise<void> {
  const untouched = moved.fields.filter(({ field, after }) => sameValue(after, kept[field as keyof typeof kept]));
  const since = kept.updated_at > merge.merged_at;
  const values = {
    ...Object.fromEntries(untouched.map(({ field, before }) => [field, before])),
    ...(since ? {} : { updated_at: sql<Date>`${moved.keptUpdatedAt}::timestamptz` })
  };
  if (Object.keys(values).length > 0) {
    await tx
      .updateTable('organization')
      .set(values)
      .where('id', '=', merge.kept_id)
      .where('territory_id', '=', merge.territory_id)
      .execute();
  }
  // The history of a merge that was undone would protect values that nobody typed.
  if (moved.fieldChanges.length > 0 && untouched.length === moved.fields.length) {
    await tx
      .deleteFrom('field_change')
      .where('id', 'in', moved.fieldChanges)
      .where('subject_id', '=', merge.kept_id)
      .execute();
  }
}
