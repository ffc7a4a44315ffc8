import { teamReport } from '@terreau/features/support/team-report.query';
import { formatMonth } from '#lib/formats.ts';
import { orNotFound } from '#lib/server/support/form.ts';
import { told } from '#lib/server/support/report-words.ts';
import { coordinatedAt } from '#lib/server/support/reports.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await coordinatedAt(event);
  const request = { territoryId: territory.id, month: event.url.searchParams.get('month') };
  const found = orNotFound(await teamReport(event.locals.context, request));
  return {
    month: found.month,
    monthWords: formatMonth(found.month),
    months: found.months.map((value) => ({ value, label: formatMonth(value) })),
    sections: told(found.report.sections, found.names, 'some').sections
  };
};
