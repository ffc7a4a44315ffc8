import { redirect } from '@sveltejs/kit';
import { beginReport } from '@terreau/features/support/begin-report.command';
import { createReportTemplate } from '@terreau/features/support/create-report-template.command';
import { listReports } from '@terreau/features/support/list-reports.query';
import { beginReportSchema, titleSchema } from '@terreau/features/support/report.schema';
import { formatShortDate } from '#lib/formats.ts';
import { orNotFound, readTyped, typedIn } from '#lib/server/support/form.ts';
import { periodInWords } from '#lib/server/support/report-words.ts';
import { coordinatedAt, failReport } from '#lib/server/support/reports.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await coordinatedAt(event);
  const request = { territoryId: territory.id, after: event.url.searchParams.get('after') };
  const desk = orNotFound(await listReports(event.locals.context, request));
  return {
    templates: desk.templates,
    today: desk.today,
    yearStart: `${desk.today.slice(0, 4)}-01-01`,
    next: desk.next,
    reports: desk.reports.map((report) => ({
      id: report.id,
      title: report.title,
      period: periodInWords(report),
      frozenOn: report.frozenAt && formatShortDate(report.frozenAt, territory.timeZone)
    }))
  };
};

export const actions: Actions = {
  template: async (event) => {
    const territory = await coordinatedAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(titleSchema, values);
    if (!read.ok) return read.answer;
    const request = { territoryId: territory.id, title: read.fields.title };
    const verdict = await createReportTemplate(event.locals.context, request);
    if (verdict.ok) redirect(303, `/${territory.slug}/coordination/reports/templates/${verdict.value}`);
    return failReport({ code: verdict.code, details: verdict.details }, values);
  },
  report: async (event) => {
    const territory = await coordinatedAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(beginReportSchema, values);
    if (!read.ok) return read.answer;
    const { template, reportTitle: title, from, to } = read.fields;
    const request = { territoryId: territory.id, templateId: template, title, from: from!, to: to! };
    const verdict = await beginReport(event.locals.context, request);
    if (verdict.ok) redirect(303, `/${territory.slug}/reports/${verdict.value}`);
    return failReport({ code: verdict.code, details: verdict.details }, values);
  }
};
