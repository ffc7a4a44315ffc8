import { reportCsvResponse } from '#lib/server/support/report-words.ts';
import { toldReport } from '#lib/server/support/reports.ts';
import type { RequestHandler } from './$types';

/** The aggregates of a report to a funder as CSV: what is hidden on the page is hidden here. */
export const GET: RequestHandler = async (event) => {
  const { report, period, fileName } = await toldReport(event);
  return reportCsvResponse(fileName, report, period);
};
