import { error } from '@sveltejs/kit';
import { openReportLink } from '@terreau/features/support/open-report-link.command';
import { formatShortDate } from '#lib/formats.ts';
import { periodInWords, told } from '#lib/server/support/report-words.ts';
import { wordsOf } from '#lib/server/support/reports.ts';
import type { PageServerLoad } from './$types';

/** Read by somebody without an account: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  setHeaders({
    'cache-control': 'private, no-store',
    'x-robots-tag': 'noindex, nofollow',
    'referrer-policy': 'no-referrer'
  });
  const verdict = await openReportLink(locals.context, params.token);
  if (!verdict.ok) error(404);
  const shared = verdict.value;
  return {
    title: shared.title,
    territory: shared.territory,
    period: periodInWords(shared.report),
    frozenOn: formatShortDate(shared.frozenAt, shared.timeZone),
    until: formatShortDate(shared.expiresAt, shared.timeZone),
    hash: shared.hash,
    sections: told(shared.report.sections, shared.names, 'some').sections,
    words: wordsOf(shared)
  };
};
