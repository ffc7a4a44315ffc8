import { toldMonth } from '#lib/server/support/month.ts';
import { reportCsvResponse } from '#lib/server/support/report-words.ts';
import type { RequestHandler } from './$types';

/** The figures of one's own month as CSV. */
export const GET: RequestHandler = async (event) => {
  const { report, period, fileName } = await toldMonth(event, 'export');
  return reportCsvResponse(fileName, report, period);
};
