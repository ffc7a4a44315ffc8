import { error } from '@sveltejs/kit';
import { formatShortDate } from '#lib/formats.ts';
import { shownQuestion } from '#lib/server/intake/intake-words.ts';
import { writtenIntake } from '#lib/server/intake/written-intake.ts';
import type { PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { territory, desk } = await writtenIntake(locals, params.territory, url);
  const version = desk.history.find(({ number }) => String(number) === params.version);
  if (!version) error(404);
  return {
    number: version.number,
    on: formatShortDate(version.publishedAt!, territory.timeZone),
    questions: version.questions.map((question) => shownQuestion(question, version.questions, locals.language))
  };
};
