import { error, fail, redirect } from '@sveltejs/kit';
import { answerIntake } from '@terreau/features/orientation/answer-intake.command';
import { findNextQuestion } from '@terreau/features/orientation/find-next-question.query';
import { typedCode } from '#lib/server/door/typed-code.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** One question a page, asked aloud: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, cookies, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  mustBeSignedIn(locals, url);
  const { id: territoryId, slug } = await territoryAt(locals, params.territory);
  const asked = { territoryId, requestId: params.request, question: url.searchParams.get('question') };
  const step = await findNextQuestion(locals.context, asked);
  if (!step) error(404);
  const { question } = step;
  const words = ({ fr, en }: { fr: string; en: string }) => (locals.language === 'en' && en) || fr;
  return {
    request: `/${slug}/requests/${step.requestId}`,
    sentence: step.sentence,
    number: step.number,
    answer: step.answer,
    previous: step.previous,
    code: question ? null : typedCode(cookies),
    question: question && {
      key: question.key,
      text: words(question.text),
      why: words(question.why),
      how: words(question.how),
      choices: question.choices.map(({ key, label }) => ({ value: key, label: words(label) }))
    }
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    mustBeSignedIn(locals, url);
    const { id: territoryId } = await territoryAt(locals, params.territory);
    const form = await request.formData();
    const question = formText(form, 'question');
    const passed = form.has('pass');
    const choice = passed ? '' : formText(form, 'choice');
    const asked = { territoryId, requestId: params.request };
    if (!passed && choice === '') {
      if (!(await findNextQuestion(locals.context, { ...asked, question }))) error(404);
      return fail(422, { problem: m.door_question_missing() });
    }
    const verdict = await answerIntake(locals.context, { ...asked, question, choice });
    if (!verdict.ok && verdict.code === 'code-unknown') error(404);
    // A question that is no longer asked: the next one is shown.
    redirect(303, url.pathname);
  }
};
