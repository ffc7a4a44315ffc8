import type { RequestEvent } from '@sveltejs/kit';
import { monthReport } from '@terreau/features/support/month-report.query';
import { formatLocalDate, formatMonth } from '#lib/formats.ts';
import { m } from '#texts/messages.js';
import { orNotFound, signedInAt } from './form.ts';
import { textsOf, told } from './report-words.ts';

/** A facilitator's own month, as the page and its files tell it. */
export async function toldMonth(
  event: Pick<RequestEvent, 'locals' | 'url'> & { params: { territory: string } },
  kind: 'page' | 'export'
) {
  const territory = await signedInAt(event);
  const month = event.url.searchParams.get('month');
  const found = orNotFound(await monthReport(event.locals.context, { territoryId: territory.id, month, kind }));
  const { report, frozen } = found;
  const title = m.support_reports_month_title({ month: formatMonth(found.month) });
  return {
    territory,
    found,
    report: told(report.sections, found.titles, 'counted'),
    title,
    period: { from: report.from, to: report.to },
    fileName: `bilan-${found.month}`,
    texts: textsOf([
      [m.support_reports_comment(), found.comment],
      [m.support_reports_failed(), found.failed]
    ]),
    /** How far its figures can be relied on. */
    standing: frozen
      ? m.support_reports_frozen_on({ date: formatLocalDate(frozen.at.toISOString().slice(0, 10)) })
      : found.isOver
        ? m.support_reports_live()
        : m.support_reports_not_over()
  };
}
