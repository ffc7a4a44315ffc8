import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import type { ImportAnalysis } from './import-analysis.rules.ts';
import { progressOf } from './import-progress.ts';
import type { ImportReport } from './import-report.rules.ts';
import { isLost } from './import-runs.ts';
import { mayImport } from './import.policy.ts';

/** `undoing`: what it wrote is being taken back. `lost`: its process is gone; it may start again, or be given up. */
export type RunState = 'prepared' | 'running' | 'undoing' | 'done' | 'cancelled' | 'failed' | 'lost';

export interface ImportRunLine {
  readonly id: Id;
  readonly fileName: string;
  readonly source: string;
  readonly state: RunState;
  readonly rows: number;
  readonly createdAt: Instant;
  readonly finishedAt: Instant | null;
  readonly startedBy: string | null;
}

export interface ImportRun extends ImportRunLine {
  readonly preset: string;
  readonly rowsDone: number;
  readonly bytes: number;
  readonly analysis: ImportAnalysis | null;
  readonly report: ImportReport | null;
}

export const RUNS_PAGE_COUNT = 20;

/** Past imports of a territory, the latest first; null when the actor may not import. `after`: id of the last one seen. */
export async function listImportRuns(
  ctx: Context,
  territoryId: Id,
  after: Id | null
): Promise<{ runs: ImportRunLine[]; next: Id | null } | null> {
  if (!mayImport(ctx.actor, territoryId)) return null;
  const rows = await reading(ctx, (tx) =>
    tx
      .selectFrom('import_run')
      .leftJoin('account', 'account.id', 'import_run.started_by')
      .select([
        'import_run.id',
        'file_name',
        'source',
        'state',
        'rows_total',
        'import_run.created_at',
        'finished_at',
        'started_at',
        'alive_at',
        'account.name as started_by_name'
      ])
      .where('territory_id', '=', territoryId)
      .$if(isId(after), (query) => query.where('import_run.id', '<', after!))
      .orderBy('import_run.id', 'desc')
      .limit(RUNS_PAGE_COUNT + 1)
      .execute()
  );
  const shown = rows.slice(0, RUNS_PAGE_COUNT);
  return {
    runs: shown.map((row) => lineOf(row, ctx.now)),
    next: rows.length > RUNS_PAGE_COUNT ? shown.at(-1)!.id : null
  };
}

/** One import with what was understood of its file and what became of it; null when absent or not for this reader. */
export async function findImportRun(ctx: Context, territoryId: Id, runId: Id): Promise<ImportRun | null> {
  if (!mayImport(ctx.actor, territoryId) || !isId(runId)) return null;
  const row = await reading(ctx, (tx) =>
    tx
      .selectFrom('import_run')
      .leftJoin('account', 'account.id', 'import_run.started_by')
      .select([
        'import_run.id',
        'file_name',
        'source',
        'state',
        'rows_total',
        'import_run.created_at',
        'finished_at',
        'started_at',
        'alive_at',
        'account.name as started_by_name',
        'preset',
        'rows_done',
        'file_bytes',
        'analysis',
        'report'
      ])
      .where('import_run.id', '=', runId)
      .where('territory_id', '=', territoryId)
      .executeTakeFirst()
  );
  if (!row) return null;
  return {
    ...lineOf(row, ctx.now),
    preset: row.preset,
    rowsDone: progressOf(runId)?.done ?? row.rows_done,
    bytes: row.file_bytes,
    analysis: row.analysis as unknown as ImportAnalysis | null,
    report: row.report as unknown as ImportReport | null
  };
}

interface RunRow {
  readonly id: Id;
  readonly file_name: string;
  readonly source: string;
  readonly state: string;
  readonly rows_total: number;
  readonly created_at: Instant;
  readonly finished_at: Instant | null;
  readonly started_at: Instant | null;
  readonly alive_at: Instant | null;
  readonly started_by_name: string | null;
}

function lineOf(row: RunRow, now: Instant): ImportRunLine {
  const lost = isLost(row, now) && !progressOf(row.id);
  return {
    id: row.id,
    fileName: row.file_name,
    source: row.source,
    state: lost ? 'lost' : (row.state as RunState),
    rows: row.rows_total,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    startedBy: row.started_by_name
  };
}
