import { redirect } from '@sveltejs/kit';
import { freezeMonth } from '@terreau/features/support/freeze-month.command';
import { monthAsked } from '@terreau/features/support/report-period.rules';
import { monthWordsSchema } from '@terreau/features/support/report.schema';
import { saveMonth } from '@terreau/features/support/save-month.command';
import { localDate } from '@terreau/kernel/instants';
import { formatMonth } from '#lib/formats.ts';
import { readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { toldMonth } from '#lib/server/support/month.ts';
import { differencesInWords, failReport } from '#lib/server/support/reports.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const { found, report, title, standing } = await toldMonth(event, 'page');
  const line = (measure: string, key: string) =>
    report.sections[0]!.figures.find((figure) => figure.measure === measure)?.lines.find((one) => one.key === key);
  return {
    title,
    month: found.month,
    months: found.months.map((value) => ({ value, label: formatMonth(value) })),
    sections: report.sections,
    glance: m.support_reports_month_glance({
      hours: line('hours', 'total')!.value,
      supported: line('accompanied', 'accompanied')!.value,
      open: line('accompanied', 'open')!.value,
      coordination: line('coordination-hours', 'total')!.value
    }),
    comment: found.comment,
    failed: found.failed,
    isOver: found.isOver,
    standing,
    frozen: found.frozen && {
      hash: found.frozen.hash,
      isWhole: found.frozen.isWhole
    },
    differences: differencesInWords(found.differences),
    done: event.url.searchParams.get('done')
  };
};

export const actions: Actions = {
  save: (event) => keep(event, false),
  freeze: (event) => keep(event, true)
};

/** Keeps the words and, when that was asked, the figures with them. */
async function keep(event: RequestEvent, freezes: boolean) {
  const territory = await signedInAt(event);
  const values = await typedIn(event.request);
  const read = readTyped(monthWordsSchema, values);
  if (!read.ok) return read.answer;
  const { context } = event.locals;
  // The address says which month, as it does for the page.
  const month = monthAsked(event.url.searchParams.get('month'), localDate(context.now, territory.timeZone));
  const saved = await saveMonth(context, { territoryId: territory.id, month, words: read.fields });
  const verdict = saved.ok && freezes ? await freezeMonth(context, { territoryId: territory.id, month }) : saved;
  if (verdict.ok) {
    redirect(
      303,
      `/${territory.slug}/week/report?${new URLSearchParams({ month, done: freezes ? 'frozen' : 'saved' })}`
    );
  }
  return failReport({ code: verdict.code, details: verdict.details }, values);
}
