import type { Context } from '@terreau/database/context';
import type { DB } from '@terreau/database/schema';
import { giveWay } from '@terreau/database/give-way';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse } from '@terreau/kernel/verdict';
import { sql, type Selectable, type Updateable } from 'kysely';
import { holdRun, type HeldRun } from './import-runs.ts';
import type { WrittenRows } from './import-written.ts';

const UNDONE_TOGETHER_COUNT = 25;

/**
 * Takes back what the batches of a run wrote, a few sheets to a commit, so that it can stop anywhere and go on later.
 * What somebody typed since stays, and so does a new sheet that somebody has touched.
 * Answers false when another process has taken the run over.
 */
export async function undoWritten(ctx: Context, held: HeldRun): Promise<boolean> {
  for (;;) {
    const step = await transaction(ctx, 'undo-import-batch', async (tx, ledger) => {
      if (!(await holdRun(tx, held))) return refuse('taken-over');
      const rows = await nextWritten(tx, held.runId);
      if (rows.length === 0) return refuse('nothing-left');
      await undoSheets(tx, held, rows);
      ledger.about('import-run', held.runId, held.territoryId, { sheets: rows.length });
      return accept();
    });
    if (!step.ok) return step.code === 'nothing-left';
    await giveWay(ctx.engine);
  }
}

type Written = Selectable<DB['import_written']>;

/** The last written first, as one takes back what one has laid down. */
function nextWritten(tx: Tx, runId: Id): Promise<Written[]> {
  return tx
    .selectFrom('import_written')
    .selectAll()
    .where('import_run_id', '=', runId)
    .orderBy('organization_id', 'desc')
    .limit(UNDONE_TOGETHER_COUNT)
    .execute();
}

async function undoSheets(tx: Tx, held: HeldRun, rows: readonly Written[]): Promise<void> {
  const ids = rows.map((row) => row.organization_id);
  await restoreFields(tx, held, ids);
  for (const row of rows) if (!row.is_new) await removeAdded(tx, held, row.written as unknown as WrittenRows);
  await removeNewSheets(
    tx,
    held,
    rows.filter((row) => row.is_new).map((row) => row.organization_id)
  );
  await tx
    .deleteFrom('import_written')
    .where('import_run_id', '=', held.runId)
    .where('organization_id', 'in', ids)
    .execute();
}

type FieldChange = Selectable<DB['field_change']>;

/** Puts the previous values back where nobody has changed the field since. */
async function restoreFields(tx: Tx, held: HeldRun, organizationIds: readonly Id[]): Promise<void> {
  const changes = await tx
    .selectFrom('field_change as change')
    .selectAll('change')
    .where('import_run_id', '=', held.runId)
    .where('organization_id', 'in', organizationIds)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('field_change as later')
            .select('later.id')
            .whereRef('later.subject_kind', '=', 'change.subject_kind')
            .whereRef('later.subject_id', '=', 'change.subject_id')
            .whereRef('later.field', '=', 'change.field')
            .whereRef('later.id', '>', 'change.id')
            .where((later) => later('later.import_run_id', 'is distinct from', held.runId))
        )
      )
    )
    .orderBy('change.id', 'desc')
    .execute();
  const bySubject = Map.groupBy(changes, (change) => `${change.subject_kind}/${change.subject_id}`);
  for (const of of bySubject.values()) await restoreSubject(tx, held, of);
  if (changes.length === 0) return;
  await tx
    .deleteFrom('field_change')
    .where('import_run_id', '=', held.runId)
    .where(
      'id',
      'in',
      changes.map((change) => change.id)
    )
    .execute();
}

/** `changes`: the newest first, so that the oldest previous value is what stays. */
async function restoreSubject(tx: Tx, held: HeldRun, changes: readonly FieldChange[]): Promise<void> {
  const [{ subject_kind: kind, subject_id: id }] = changes as [FieldChange];
  await tx
    .updateTable(kind as 'place')
    .set(Object.fromEntries(changes.map(({ field, previous }) => [field, previous])) as Updateable<DB['place']>)
    .where('id', '=', id)
    .where('territory_id', '=', held.territoryId)
    .execute();
}

async function removeAdded(tx: Tx, held: HeldRun, written: WrittenRows): Promise<void> {
  for (const [serviceId, placeId] of written.links)
    await tx.deleteFrom('service_place').where('service_id', '=', serviceId).where('place_id', '=', placeId).execute();
  for (const [source, sourceId] of written.sources)
    await tx
      .deleteFrom('organization_source')
      .where('territory_id', '=', held.territoryId)
      .where('source', '=', source)
      .where('source_id', '=', sourceId)
      .execute();
  const tables = { service: written.services, place: written.places, post: written.posts };
  for (const [table, ids] of Object.entries(tables) as [keyof typeof tables, readonly Id[]][]) {
    if (ids.length === 0) continue;
    await tx
      .deleteFrom(table)
      .where('id', 'in', ids)
      .where('territory_id', '=', held.territoryId)
      .where('id', 'not in', typedSince(tx, ids))
      .execute();
  }
}

/** Rows of which somebody has typed something. */
function typedSince(tx: Tx, ids: readonly Id[]) {
  return tx.selectFrom('field_change').select('subject_id').where('subject_id', 'in', ids).where('by_hand', '=', true);
}

/** Sheets that the run made go with all that hangs on them, unless a person has had to do with them meanwhile. */
async function removeNewSheets(tx: Tx, held: HeldRun, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    delete from organization o
    where o.id = any (${ids}) and o.territory_id = ${held.territoryId}
      and o.confirmed_at is null and o.merged_into is null
      and not exists (select from field_change c where c.organization_id = o.id and c.by_hand)
      and not exists (select from merge m where o.id in (m.kept_id, m.absorbed_id))
      and not exists (select from correction c where c.organization_id = o.id)
      and not exists (select from role_grant g where g.organization_id = o.id)`.execute(tx);
}
