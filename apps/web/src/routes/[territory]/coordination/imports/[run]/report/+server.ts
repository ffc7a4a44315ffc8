import { error } from '@sveltejs/kit';
import { findImportRun } from '@terreau/features/directory/import-runs.query';
import { writeCsv } from '@terreau/formats/write-csv';
import { coordinatedTerritory } from '#lib/server/imports/coordination.ts';
import { REASON_TEXTS } from '#lib/server/imports/words.ts';
import { m } from '#texts/messages.js';
import type { RequestHandler } from './$types';

/** The whole report of a finished import, as JSON or as a table of what was left out. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const territory = await coordinatedTerritory(locals, params.territory, url);
  const run = await findImportRun(locals.context, territory.id, params.run);
  if (!run?.report) error(404);
  if (url.searchParams.get('format') === 'json') {
    return download(JSON.stringify(run.report, null, 2), 'application/json', 'json');
  }
  const header = [
    m.imports_preview_row(),
    m.imports_problem_column(),
    m.imports_problem_what(),
    m.imports_problem_effect()
  ];
  const line = (effect: string) => (problem: (typeof run.report & object)['rejected'][number]) => [
    problem.sheet ? `${problem.sheet}, ${problem.row}` : String(problem.row),
    problem.column,
    REASON_TEXTS[problem.reason](),
    effect
  ];
  const lines = [
    ...run.report.rejected.map(line(m.imports_effect_row())),
    ...run.report.warnings.map(line(m.imports_effect_value()))
  ];
  return download(writeCsv(header, lines), 'text/csv; charset=utf-8', 'csv');
};

function download(content: string, contentType: string, extension: string): Response {
  return new Response(content, {
    headers: {
      'content-type': contentType,
      'content-disposition': `attachment; filename="import.${extension}"`,
      'cache-control': 'private, no-store'
    }
  });
}
