import { setTimeout as wait } from 'node:timers/promises';
import type { Context } from '@terreau/database/context';
import { findDuplicates } from '@terreau/features/directory/find-duplicates.command';
import { runImport } from '@terreau/features/directory/run-import.command';
import { sheetsOfImport } from '@terreau/features/directory/sheets-of-import.query';
import type { Id } from '@terreau/kernel/ids';

/** A short import is over before the page answers; a longer one goes on by itself. */
const ANSWER_AFTER_MILLISECONDS = 2_500;

/** Starts the import and answers with its refusal if it comes at once; the rest is told by the run's own page. */
export async function startRun(ctx: Context, territoryId: Id, runId: Id): Promise<string | null> {
  const work = runImport(ctx, { territoryId, runId }).then((verdict) => (verdict.ok ? null : verdict.code));
  const followed = work.then((refusal) => (refusal === null ? void searchAlike(ctx, territoryId, runId) : undefined));
  followed.catch(reportFailure);
  return Promise.race([work, wait(ANSWER_AFTER_MILLISECONDS, null)]);
}

async function searchAlike(ctx: Context, territoryId: Id, runId: Id): Promise<void> {
  await sheetsOfImport(ctx, territoryId, runId)
    .then((among) => findDuplicates(ctx, territoryId, { among }))
    .catch(reportFailure);
}

/** Never the message: it can quote what is in the file. */
function reportFailure(error: unknown): void {
  const frames =
    error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => line.trim().startsWith('at ')) : [];
  console.error(
    JSON.stringify({
      level: 'error',
      event: 'import-failed',
      name: error instanceof Error ? error.name : 'unknown',
      frames
    })
  );
}
