import type { Context } from '@terreau/database/context';
import type { FileStore } from '@terreau/database/files';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { sql } from 'kysely';

/** A file is written before the row that names it: younger ones are left to their command. */
const SPARED_MINUTES = 60;

/** Removes the files that no row names any more: their sheet, request or dossier was erased, or a process died. Answers how many went. */
export async function sweepFiles(ctx: Context, files: FileStore): Promise<number> {
  if (!ctx.actor.isOperator) return 0;
  const writtenBefore = ctx.now.getTime() - SPARED_MINUTES * 60_000;
  const old = (await files.list()).filter(({ writtenAt }) => writtenAt.getTime() < writtenBefore);
  const { rows } = await reading(ctx, (tx) =>
    sql<{ id: Id }>`
      select file_id as id from picture
      union all select file_id from dossier_document
      union all select voice_file_id from request where voice_file_id is not null`.execute(tx)
  );
  const named = new Set<Id>(rows.map((row) => row.id));
  const useless = old.filter(({ id }) => !named.has(id));
  for (const { id } of useless) await files.remove(id);
  return useless.length;
}
