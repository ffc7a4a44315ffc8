import { error } from '@sveltejs/kit';
import { openReportLink } from '@terreau/features/support/open-report-link.command';
import { reportCsvResponse, told } from '#lib/server/support/report-words.ts';
import type { RequestHandler } from './$types';

/** The aggregates of a frozen report, for whoever holds its secret address. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const verdict = await openReportLink(locals.context, params.token);
  if (!verdict.ok) error(404);
  const { report, names } = verdict.value;
  return reportCsvResponse('bilan', told(report.sections, names, 'some'), report, true);
};
