import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { readImportFile, type FileRefusal } from './import-file.ts';
import { readNeighbourhoods } from './import-known.ts';
import { beginProgress, endProgress, type Progress } from './import-progress.ts';
import type { ImportReport } from './import-report.rules.ts';
import { importRows } from './import-rows.ts';
import { readingChoiceOf } from './import-runs.ts';
import { mayImport } from './import.policy.ts';

export interface RunImportRequest {
  readonly territoryId: Id;
  readonly runId: Id;
  /** Nothing is kept: the report says what would happen. */
  readonly isTrial?: boolean;
}

export type RunImportRefusal = 'not-found' | 'already-running' | 'already-done' | 'cancelled' | FileRefusal;

/** A run that says "running" for longer than this lost its process, and may start again: nothing of it was kept. */
export const RUN_LOST_AFTER_MINUTES = 15;

/**
 * Imports a prepared file, whole or not at all: one transaction, so that a cancellation or a crash leaves nothing
 * half-done. Rows that cannot be read are left out and said; they stop no other.
 */
export async function runImport(
  ctx: Context,
  request: RunImportRequest
): Promise<Verdict<ImportReport, RunImportRefusal>> {
  const started = await startRun(ctx, request);
  if (!started.ok) return started;
  const progress = beginProgress(request.runId, started.value.rows_total);
  try {
    return await writeRun(ctx, request, started.value, progress);
  } catch (error) {
    await settle(ctx, request, 'failed');
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
    const lostBefore = new Date(ctx.now.getTime() - RUN_LOST_AFTER_MINUTES * 60_000);
    if (run.state === 'running' && run.started_at && run.started_at > lostBefore) return refuse('already-running');
    await tx
      .updateTable('import_run')
      .set({ state: 'running', started_at: ctx.now, finished_at: null })
      .where('id', '=', runId)
      .where('territory_id', '=', territoryId)
      .execute();
    ledger.about('import-run', runId, territoryId);
    return accept({ ...run, content: run.content });
  });
}

type StartedRun = NonNullable<Awaited<ReturnType<typeof lockRun>>> & { content: Buffer };

function lockRun(tx: Tx, territoryId: Id, runId: Id) {
  return tx
    .selectFrom('import_run')
    .selectAll()
    .where('id', '=', runId)
    .where('territory_id', '=', territoryId)
    .forUpdate()
    .executeTakeFirst();
}

async function writeRun(
  ctx: Context,
  request: RunImportRequest,
  run: StartedRun,
  progress: Progress
): Promise<Verdict<ImportReport, RunImportRefusal>> {
  const parts = await readImportFile(new Uint8Array(run.content), run.file_name, readingChoiceOf(run));
  if (!parts.ok) {
    await settle(ctx, request, 'failed');
    return parts;
  }
  let trial: ImportReport | null = null;
  const verdict = await transaction(ctx, 'run-import', async (tx, ledger) => {
    const writing = {
      territoryId: request.territoryId,
      source: run.source,
      runId: request.runId,
      startedBy: ctx.actor.accountId,
      now: ctx.now,
      neighbourhoodOf: await readNeighbourhoods(tx, request.territoryId)
    };
    const report = await importRows(tx, writing, parts.value, (done) => goesOn(tx, request, progress, done));
    if (!report) return refuse('cancelled');
    if (request.isTrial) {
      trial = report;
      return refuse('trial-over');
    }
    await finishRun(tx, ctx, request, report);
    ledger.about('import-run', request.runId, request.territoryId, { rows: report.rows, created: report.created });
    return accept(report);
  });
  if (verdict.ok) return verdict;
  await settle(ctx, request, trial ? 'prepared' : 'cancelled');
  return trial ? accept(trial) : refuse('cancelled');
}

/** Asked between batches: a cancellation comes from this process, or from another through the row (on a server). */
async function goesOn(tx: Tx, request: RunImportRequest, progress: Progress, done: number): Promise<boolean> {
  progress.done = done;
  if (progress.cancellation.signal.aborted) return false;
  const row = await tx.selectFrom('import_run').select('state').where('id', '=', request.runId).executeTakeFirst();
  return row?.state === 'running';
}

async function finishRun(tx: Tx, ctx: Context, request: RunImportRequest, report: ImportReport): Promise<void> {
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
    .where('id', '=', request.runId)
    .where('territory_id', '=', request.territoryId)
    .execute();
}

async function settle(
  ctx: Context,
  request: RunImportRequest,
  state: 'prepared' | 'cancelled' | 'failed'
): Promise<void> {
  await transaction(
    ctx,
    `${state === 'prepared' ? 'try' : state === 'failed' ? 'fail' : 'cancel'}-import`,
    async (tx, ledger) => {
      await tx
        .updateTable('import_run')
        .set({ state, finished_at: state === 'prepared' ? null : ctx.now })
        .where('id', '=', request.runId)
        .where('territory_id', '=', request.territoryId)
        .execute();
      ledger.about('import-run', request.runId, request.territoryId);
      return accept();
    }
  );
}
