import type { Context } from '@terreau/database/context';
import { readTable } from '@terreau/formats/read-table';
import type { Id } from '@terreau/kernel/ids';
import { refuse, type Verdict } from '@terreau/kernel/verdict';
import { readBudgetRows, type TableRefusal } from './budget-table.rules.ts';
import { createBudget, type CreateBudgetRefusal } from './create-budget.command.ts';

/** A budget is a small table: whatever is larger is another file. */
export const BUDGET_FILE_MAX_BYTES = 1_000_000;

export type ImportBudgetRefusal = CreateBudgetRefusal | TableRefusal | 'file-unreadable';

/** Makes a draft from a file that was exported from here: the same budget, to the cent. */
export async function importBudget(
  ctx: Context,
  request: {
    readonly territoryId: Id;
    readonly dossierId: string;
    readonly fileName: string;
    readonly bytes: Uint8Array;
  }
): Promise<Verdict<Id, ImportBudgetRefusal>> {
  if (request.bytes.length > BUDGET_FILE_MAX_BYTES) return refuse('file-unreadable');
  const table = await readTable(request.bytes, request.fileName);
  if (!table.ok) return refuse('file-unreadable');
  const read = readBudgetRows(table.value.columns, table.value.rows);
  if (!read.ok) return read;
  const { territoryId, dossierId } = request;
  return createBudget(ctx, { territoryId, dossierId, ...read.value });
}
