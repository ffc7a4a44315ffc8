import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Context } from '@terreau/database/context';
import { giveWay } from '@terreau/database/give-way';
import { reading, transaction, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { readImportFile, type FilePart, type FileRefusal } from './import-file.ts';
import { readIdentityBook, readNeighbourhoods } from './import-known.ts';
import { beginProgress, endProgress, type Progress } from './import-progress.ts';
import type { ImportReport } from './import-report.rules.ts';
import { batchesOf, planImport, writeGroups } from './import-rows.ts';
import { holdRun, isLost, readingChoiceOf, settleRun, type HeldRun } from './import-runs.ts';
import { undoWritten } from './import-undo.ts';
import type { ImportWriting } from './import-write.ts';
import { mayImport } from './import.policy.ts';

export interface RunImportRequest {
  readonly territoryId: Id;
  readonly runId: Id;
  /** Nothing is kept: the report says what would happen. */
  readonly isTrial?: boolean;
}

export type RunImportRefusal = 'not-found' | 'already-running' | 'already-done' | 'cancelled' | FileRefusal;

/**
 * Imports a prepared file in short batches, so that pages pass between them. Each sheet is written whole or not at all;
 * a run that is cancelled or fails takes back what it wrote, and one that lost its process does so when it starts
 * again. Rows that cannot be read are left out and said; they stop no other.
 */
export async function runImport(
  ctx: Context,
  request: RunImportRequest
): Promise<Verdict<ImportReport, RunImportRefusal>> {
  const started = await startRun(ctx, request);
  if (!started.ok) return started;
  const held: HeldRun = { ...request, startedAt: ctx.now };
  const progress = beginProgress(request.runId, started.value.rows_total);
  try {
    if (!(await undoWritten(ctx, held))) return refuse('already-running');
    const parts = await readImportFile(
      new Uint8Array(started.value.content),
      started.value.file_name,
      readingChoiceOf(started.value)
    );
    if (!parts.ok) {
      await settleRun(ctx, held, 'failed');
      return parts;
    }
    // Reading a file takes no connection, but all of the process.
    await giveWay(ctx.engine);
    const file = { source: started.value.source, parts: parts.value };
    if (request.isTrial) return await tryRun(ctx, held, file);
    return await writeRun(ctx, held, file, progress);
  } catch (error) {
    await takeBack(ctx, held, 'failed');
    throw error;
  } finally {
    endProgress(request.runId);
  }
}

async function startRun(ctx: Context, { territoryId, runId }: RunImportRequest) {
  return transaction(ctx, 'start-import', async (tx, ledger) => {
    if (!mayImport(ctx.actor, territoryId) || !isId(runId)) return refuse('not-found');
    const run = await lockRun(tx, territoryId, runId);
    if (!run) return refuse('not-found');
    if (run.state === 'done' || !run.content) return refuse('already-done');
    if ((run.state === 'running' || run.state === 'undoing') && !isLost(run, ctx.now)) return refuse('already-running');
    await tx
      .updateTable('import_run')
      .set({ state: 'running', started_at: ctx.now, alive_at: null, finished_at: null, rows_done: 0 })
      .where('id', '=', runId)
      .where('territory_id', '=', territoryId)
      .execute();
    ledger.about('import-run', runId, territoryId);
    return accept({ ...run, content: run.content });
  });
}

function lockRun(tx: Tx, territoryId: Id, runId: Id) {
  return tx
    .selectFrom('import_run')
    .selectAll()
    .where('id', '=', runId)
    .where('territory_id', '=', territoryId)
    .forUpdate()
    .executeTakeFirst();
}

interface ReadFile {
  readonly source: string;
  readonly parts: readonly FilePart[];
}

async function writeRun(
  ctx: Context,
  held: HeldRun,
  file: ReadFile,
  progress: Progress
): Promise<Verdict<ImportReport, RunImportRefusal>> {
  const { writing, book } = await reading(ctx, (tx) => readKnown(tx, ctx, held, file.source));
  const plan = await planImport(book, file.source, file.parts, () => giveWay(ctx.engine));
  for (const groups of batchesOf(plan)) {
    await giveWay(ctx.engine);
    if (progress.cancellation.signal.aborted) return stop(ctx, held);
    const batch = await transaction(ctx, 'import-batch', async (tx, ledger) => {
      // A cancellation comes from this process, or from another through the row.
      if ((await holdRun(tx, held)) !== 'running') return refuse('cancelled');
      const rows = await writeGroups(tx, writing, groups, plan.report);
      await noteProgress(tx, held, progress.done + rows);
      ledger.about('import-run', held.runId, held.territoryId, { rows });
      return accept(rows);
    });
    if (!batch.ok) return stop(ctx, held);
    progress.done += batch.value;
  }
  return finishRun(ctx, held, plan.report.finish());
}

/** What the directory knows before the file is written. */
async function readKnown(tx: Tx, ctx: Context, held: HeldRun, source: string) {
  const writing: ImportWriting = {
    territoryId: held.territoryId,
    source,
    runId: held.runId,
    startedBy: ctx.actor.accountId,
    now: ctx.now,
    neighbourhoodOf: await readNeighbourhoods(tx, held.territoryId)
  };
  return { writing, book: await readIdentityBook(tx, held.territoryId) };
}

/** A trial writes everything in one transaction and rolls it back. */
async function tryRun(ctx: Context, held: HeldRun, file: ReadFile): Promise<Verdict<ImportReport, RunImportRefusal>> {
  let report: ImportReport | null = null;
  await transaction(ctx, 'try-import', async (tx) => {
    const { writing, book } = await readKnown(tx, ctx, held, file.source);
    const plan = await planImport(book, file.source, file.parts, nextTurn);
    for (const groups of batchesOf(plan)) await writeGroups(tx, writing, groups, plan.report);
    report = plan.report.finish();
    return refuse('trial-over');
  });
  await settleRun(ctx, held, 'prepared');
  return accept(report!);
}

async function noteProgress(tx: Tx, { territoryId, runId }: HeldRun, rowsDone: number): Promise<void> {
  await tx
    .updateTable('import_run')
    .set({ rows_done: rowsDone })
    .where('id', '=', runId)
    .where('territory_id', '=', territoryId)
    .execute();
}

async function stop(ctx: Context, held: HeldRun): Promise<Verdict<never, 'cancelled'>> {
  await takeBack(ctx, held, 'cancelled');
  return refuse('cancelled');
}

async function takeBack(ctx: Context, held: HeldRun, state: 'cancelled' | 'failed'): Promise<void> {
  await settleRun(ctx, held, 'undoing');
  if (await undoWritten(ctx, held)) await settleRun(ctx, held, state);
}

async function finishRun(
  ctx: Context,
  held: HeldRun,
  report: ImportReport
): Promise<Verdict<ImportReport, RunImportRefusal>> {
  const finished = await transaction(ctx, 'run-import', async (tx, ledger) => {
    if ((await holdRun(tx, held)) !== 'running') return refuse('cancelled');
    await tx.deleteFrom('import_written').where('import_run_id', '=', held.runId).execute();
    await tx
      .updateTable('import_run')
      .set({
        state: 'done',
        report: JSON.stringify(report),
        rows_total: report.rows,
        rows_done: report.rows,
        // The file itself is not kept once it is imported: only what became of each row.
        content: null,
        finished_at: ctx.now
      })
      .where('id', '=', held.runId)
      .where('territory_id', '=', held.territoryId)
      .execute();
    ledger.about('import-run', held.runId, held.territoryId, { rows: report.rows, created: report.created });
    return accept(report);
  });
  return finished.ok ? finished : stop(ctx, held);
}
