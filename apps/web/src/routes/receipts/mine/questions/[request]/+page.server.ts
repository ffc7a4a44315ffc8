import { error, fail, redirect } from '@sveltejs/kit';
import { answerIntake } from '@terreau/features/orientation/answer-intake.command';
import { confirmThemes } from '@terreau/features/orientation/confirm-themes.command';
import { findNextQuestion } from '@terreau/features/orientation/find-next-question.query';
import { labelOf } from '#lib/server/directory/labels.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import { keptReceipt } from '#lib/server/trust/receipt-cookie.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** One question a page, with plain forms: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, cookies, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const code = keptReceipt(cookies);
  if (!code) redirect(303, '/receipts');
  const asked = { code, requestId: params.request, question: url.searchParams.get('question') };
  const step = await findNextQuestion(locals.context, asked);
  if (!step) error(404);
  const { question } = step;
  const words = ({ fr, en }: { fr: string; en: string }) => (locals.language === 'en' && en) || fr;
  return {
    step: {
      ...step,
      proposedThemes: step.proposedThemes.map((code) => ({ value: code, label: labelOf('theme', code) })),
      question: question && {
        key: question.key,
        text: words(question.text),
        why: words(question.why),
        how: words(question.how),
        choices: question.choices.map(({ key, label }) => ({ value: key, label: words(label) }))
      }
    }
  };
};

export const actions: Actions = {
  answer: async ({ locals, params, cookies, request }) => {
    const form = await request.formData();
    const question = formText(form, 'question');
    const passed = form.has('pass');
    const choice = passed ? '' : formText(form, 'choice');
    if (!passed && choice === '') return fail(422, { problem: m.door_question_missing() });
    const answer = { code: keptReceipt(cookies), requestId: params.request, question, choice };
    const verdict = await answerIntake(locals.context, answer);
    if (!verdict.ok && verdict.code === 'code-unknown') redirect(303, '/receipts');
    // A question that is no longer asked: the next one is shown.
    redirect(303, `/receipts/mine/questions/${params.request}`);
  },
  themes: async ({ locals, params, cookies, request }) => {
    const themes = (await request.formData()).getAll('theme').map(String);
    const confirmed = { code: keptReceipt(cookies), requestId: params.request, themes };
    const verdict = await confirmThemes(locals.context, confirmed);
    redirect(303, verdict.ok ? '/receipts/mine?done=changed' : '/receipts');
  }
};
