import { error } from '@sveltejs/kit';
import { BUDGET_COLUMNS, budgetRows } from '@terreau/features/funding/budget-table.rules';
import { findBudget } from '@terreau/features/funding/find-budget.query';
import { writeCsv } from '@terreau/formats/write-csv';
import { writeXlsx } from '@terreau/formats/write-xlsx';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import type { RequestHandler } from './$types';

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
};

/** The budget as a table: read back from there, it is the same to the cent. */
export const GET: RequestHandler = async (event) => {
  const territory = await signedInAt(event);
  const { dossier, budget: budgetId, format } = event.params;
  const type = TYPES[format];
  if (!type) error(404);
  const address = { territoryId: territory.id, dossierId: dossier, budgetId };
  const { budget } = orNotFound(await findBudget(event.locals.context, address, 'budget-file'));
  const rows = budgetRows({ fields: budget, lines: budget.lines });
  const bytes =
    format === 'csv'
      ? new TextEncoder().encode(writeCsv(BUDGET_COLUMNS, rows))
      : await writeXlsx('Budget', BUDGET_COLUMNS, rows);
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="budget-${budget.startsOn.slice(0, 4)}-v${budget.number}.${format}"`,
      'cache-control': 'private, no-store'
    }
  });
};
