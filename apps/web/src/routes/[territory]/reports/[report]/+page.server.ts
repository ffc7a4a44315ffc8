import { redirect } from '@sveltejs/kit';
import { freezeReport } from '@terreau/features/support/freeze-report.command';
import { makeReportLink } from '@terreau/features/support/make-report-link.command';
import { LINK_DAYS, linkSchema, reportWordsSchema } from '@terreau/features/support/report.schema';
import { revokeReportLink } from '@terreau/features/support/revoke-report-link.command';
import { writeReport } from '@terreau/features/support/write-report.command';
import { formatShortDate } from '#lib/formats.ts';
import { textIn } from '#lib/server/directory/forms.ts';
import { platform } from '#lib/server/platform.ts';
import { readTyped, typedIn } from '#lib/server/support/form.ts';
import { periodInWords } from '#lib/server/support/report-words.ts';
import { coordinatedAt, differencesInWords, failReport, toldReport } from '#lib/server/support/reports.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const { found, report, texts, territory } = await toldReport(event);
  const { now } = event.locals.context;
  const day = (instant: Date) => formatShortDate(instant, territory.timeZone);
  return {
    report: {
      id: found.id,
      title: found.title,
      period: periodInWords(found),
      version: found.version,
      isOver: found.isOver,
      texts: found.texts,
      comment: found.comment,
      failed: found.failed,
      nothingFailedBecause: found.nothingFailedBecause,
      frozen: found.frozen && { ...found.frozen, on: day(found.frozen.at) }
    },
    sections: report.sections,
    words: texts,
    differences: differencesInWords(found.differences),
    links: found.links.map((link) => ({
      id: link.id,
      label: link.label,
      state: stateOf(link, now, day),
      isLive: link.revokedAt === null && link.expiresAt > now,
      openings: m.support_reports_openings({ count: link.openings })
    })),
    days: LINK_DAYS.map((value) => ({ value, label: m.support_reports_link_days({ days: value }) })),
    done: event.url.searchParams.get('done')
  };
};

function stateOf(
  { expiresAt, revokedAt }: { readonly expiresAt: Date; readonly revokedAt: Date | null },
  now: Date,
  day: (instant: Date) => string
): string {
  if (revokedAt) return m.support_reports_link_revoked({ date: day(revokedAt) });
  if (expiresAt <= now) return m.support_reports_link_expired({ date: day(expiresAt) });
  return m.support_reports_link_until({ date: day(expiresAt) });
}

export const actions: Actions = {
  save: (event) => keep(event, false),
  freeze: (event) => keep(event, true),
  link: async (event) => {
    const territory = await coordinatedAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(linkSchema, values);
    if (!read.ok) return read.answer;
    const request = { territoryId: territory.id, reportId: event.params.report, ...read.fields };
    const verdict = await makeReportLink(event.locals.context, request);
    if (!verdict.ok) return failReport({ code: verdict.code, details: verdict.details }, values);
    // Told once, in this answer: only its hash is kept.
    const { origin } = (await platform()).settings;
    return { values: {}, errors: {}, link: `${origin}/reports/${verdict.value}` };
  },
  revoke: async (event) => {
    const territory = await coordinatedAt(event);
    const values = await typedIn(event.request);
    const request = { territoryId: territory.id, reportId: event.params.report, linkId: textIn(values, 'link') };
    const verdict = await revokeReportLink(event.locals.context, request);
    if (!verdict.ok) return failReport({ code: verdict.code, details: verdict.details }, values);
    redirect(303, `/${territory.slug}/reports/${event.params.report}?done=revoked`);
  }
};

/** Keeps the words and, when that was asked, the figures with them. */
async function keep(event: RequestEvent, freezes: boolean) {
  const territory = await coordinatedAt(event);
  const values = await typedIn(event.request);
  const read = readTyped(reportWordsSchema, values);
  if (!read.ok) return read.answer;
  const answers = new Map(
    Object.keys(values)
      .filter((name) => name.startsWith(ANSWER))
      .map((name) => [name.slice(ANSWER.length), textIn(values, name)])
  );
  const { context } = event.locals;
  const which = { territoryId: territory.id, reportId: event.params.report };
  const version = Number(textIn(values, 'version'));
  const saved = await writeReport(context, { ...which, version, words: read.fields, answers });
  const verdict = saved.ok && freezes ? await freezeReport(context, which) : saved;
  if (!verdict.ok) {
    // The words were kept, even if the figures were not: the next version is theirs.
    const kept = { ...values, version: String(saved.ok ? version + 1 : version) };
    return failReport({ code: verdict.code, details: verdict.details }, kept);
  }
  redirect(303, `/${territory.slug}/reports/${event.params.report}?done=${freezes ? 'frozen' : 'saved'}`);
}

const ANSWER = 'text-';
