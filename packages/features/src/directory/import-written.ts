import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { AddedRows, GroupEffect } from './import-update.ts';
import type { ReadGroup, SourceName } from './import-write.ts';

/** What a run added to a sheet that was there; kept as JSON until the run is over. */
export interface WrittenRows extends AddedRows {
  /** Producer and its id of the sheet. */
  readonly sources: readonly (readonly [string, string])[];
}

const NOTHING_ADDED: AddedRows = { places: [], services: [], posts: [], links: [] };

/** Remembers, in the batch's own commit, what must go if the run is taken back. */
export async function rememberWritten(
  tx: Tx,
  runId: Id,
  batch: readonly ReadGroup[],
  effects: ReadonlyMap<Id, GroupEffect>,
  sources: readonly SourceName[]
): Promise<void> {
  const sourcesOf = Map.groupBy(sources, (name) => name.organization_id);
  const rows = batch.flatMap(({ group }) => {
    const names = (sourcesOf.get(group.id) ?? []).map(({ source, source_id }) => [source, source_id] as const);
    const effect = effects.get(group.id);
    if (!group.isNew && !effect?.changed && names.length === 0) return [];
    const written: WrittenRows = { ...(effect?.added ?? NOTHING_ADDED), sources: names };
    return [{ import_run_id: runId, organization_id: group.id, is_new: group.isNew, written: JSON.stringify(written) }];
  });
  if (rows.length > 0) await tx.insertInto('import_written').values(rows).execute();
}
