import { fail, redirect } from '@sveltejs/kit';
import { answerSurvey } from '@terreau/features/orientation/answer-survey.command';
import { findSurvey } from '@terreau/features/orientation/find-survey.query';
import { formatShortDate } from '#lib/formats.ts';
import { textIn, typedIn } from '#lib/server/directory/forms.ts';
import { requestRefusal } from '#lib/server/requests/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'private, no-store' });
  const survey = await findSurvey(locals.context, params.token);
  return {
    thanks: url.searchParams.get('done') !== null,
    isUsed: survey === 'used',
    survey:
      survey === null || survey === 'used'
        ? null
        : { territory: survey.territory, sentOn: formatShortDate(survey.submittedAt, survey.timeZone) }
  };
};

const FIELD_OF: Readonly<Record<string, string>> = {
  'contacted-missing': 'wasContacted',
  'useful-missing': 'wasUseful',
  'what-came-too-long': 'whatCame'
};

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    const values = typedIn(await request.formData());
    const verdict = await answerSurvey(locals.context, {
      by: { token: params.token },
      wasContacted: textIn(values, 'wasContacted'),
      wasUseful: textIn(values, 'wasUseful'),
      whatCame: textIn(values, 'whatCame')
    });
    if (verdict.ok) redirect(303, `${url.pathname}?done`);
    const text = requestRefusal(verdict.code, verdict.details);
    return fail(422, { values, summary: [{ field: FIELD_OF[verdict.code] ?? null, text }] });
  }
};
