import { reportPaperResponse } from '#lib/server/support/report-words.ts';
import { toldReport } from '#lib/server/support/reports.ts';
import { m } from '#texts/messages.js';
import type { RequestHandler } from './$types';

/** A report to a funder as a document. */
export const GET: RequestHandler = async (event) => {
  const { found, report, period, fileName, texts, territory } = await toldReport(event);
  const notice = found.frozen ? null : m.support_reports_draft_notice();
  const paper = { title: found.title, by: territory.name, notice, texts, ...period };
  return reportPaperResponse(event.params.paper, fileName, report, paper);
};
