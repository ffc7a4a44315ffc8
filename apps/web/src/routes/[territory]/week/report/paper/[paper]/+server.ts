import { toldMonth } from '#lib/server/support/month.ts';
import { monthPaperResponse } from '#lib/server/support/report-words.ts';
import { m } from '#texts/messages.js';
import type { RequestHandler } from './$types';

/** One's own month as a document. */
export const GET: RequestHandler = async (event) => {
  const { report, title, period, fileName, texts, standing, territory } = await toldMonth(event, 'export');
  const paper = {
    title,
    by: territory.name,
    notice: `${standing} ${m.support_reports_month_exact()}`,
    texts,
    ...period
  };
  return monthPaperResponse(event.params.paper, fileName, report, paper);
};
