import { fail, redirect } from '@sveltejs/kit';
import { dropIntakeDraft } from '@terreau/features/orientation/drop-intake-draft.command';
import { checkIntake } from '@terreau/features/orientation/intake-check.rules';
import { publishIntake } from '@terreau/features/orientation/publish-intake.command';
import { writeIntake, type IntakeEdit } from '@terreau/features/orientation/write-intake.command';
import { formatShortDate } from '#lib/formats.ts';
import { problemWord, shownQuestion } from '#lib/server/intake/intake-words.ts';
import { writtenIntake } from '#lib/server/intake/written-intake.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { territory, desk, current } = await writtenIntake(locals, params.territory, url);
  const { language } = locals;
  const { questions } = current;
  return {
    isDraft: desk.draft !== null,
    revision: desk.draft?.revision ?? 0,
    isTried: desk.draft?.triedAt != null,
    questions: questions.map((question) => shownQuestion(question, questions, language)),
    problems: checkIntake(questions).map((problem) => ({
      text: problemWord(problem, questions, language),
      question: questions.some(({ key }) => key === problem.question) ? problem.question : null
    })),
    published: desk.published.number,
    history: desk.history.map(({ number, state, publishedAt, publishedBy, questions: asked }) => ({
      number,
      isInForce: state === 'published',
      on: formatShortDate(publishedAt!, territory.timeZone),
      by: publishedBy,
      count: asked.length
    })),
    done: url.searchParams.get('done')
  };
};

export const actions: Actions = {
  move: (event) =>
    edit(event, (form) => ({ kind: 'move', key: formText(form, 'key'), by: formText(form, 'by') === 'up' ? -1 : 1 })),
  remove: (event) => edit(event, (form) => ({ kind: 'remove', key: formText(form, 'key') })),
  publish: async ({ locals, params, request, url }) => {
    const { territory } = await writtenIntake(locals, params.territory, url);
    const revision = Number(formText(await request.formData(), 'revision'));
    const verdict = await publishIntake(locals.context, { territoryId: territory.id, revision });
    if (!verdict.ok) return fail(409, { problem: REFUSALS[verdict.code]!() });
    redirect(303, `/${territory.slug}/coordination/intake?done=published`);
  },
  drop: async ({ locals, params, url }) => {
    const { territory } = await writtenIntake(locals, params.territory, url);
    await dropIntakeDraft(locals.context, territory.id);
    redirect(303, `/${territory.slug}/coordination/intake?done=dropped`);
  }
};

async function edit({ locals, params, request, url }: RequestEvent, read: (form: FormData) => IntakeEdit) {
  const { territory } = await writtenIntake(locals, params.territory, url);
  const form = await request.formData();
  const revision = Number(formText(form, 'revision'));
  const verdict = await writeIntake(locals.context, { territoryId: territory.id, revision, edit: read(form) });
  if (!verdict.ok) return fail(409, { problem: REFUSALS[verdict.code]!() });
  redirect(303, `/${territory.slug}/coordination/intake?done=saved`);
}

const REFUSALS: Readonly<Record<string, () => string>> = {
  'not-found': m.door_intake_refused_gone,
  'already-there': m.door_intake_refused_gone,
  'changed-meanwhile': m.door_intake_refused_changed,
  'not-sound': m.door_intake_refused_sound,
  'not-tried': m.door_intake_refused_tried
};
