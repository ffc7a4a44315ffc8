import { error, fail, redirect } from '@sveltejs/kit';
import { CHOICES_MAX_COUNT } from '@terreau/features/orientation/intake-check.rules';
import type { IntakeQuestion } from '@terreau/features/orientation/intake.rules';
import { intakeQuestionSchema, SIGNALS_MAX_COUNT } from '@terreau/features/orientation/intake.schema';
import { writeIntake } from '@terreau/features/orientation/write-intake.command';
import * as v from 'valibot';
import { doorWord, inLanguage, signalOptions, signalText } from '#lib/server/intake/intake-words.ts';
import { readQuestion } from '#lib/server/intake/question-form.ts';
import { writtenIntake } from '#lib/server/intake/written-intake.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

/** Empty rows offered beside the choices that are there, and lists of signals beside those that are chosen. */
const EMPTY_ROWS = 2;
const SIGNALS_MIN_COUNT = 2;

const NEW: IntakeQuestion = {
  key: '',
  text: { fr: '', en: '' },
  why: { fr: '', en: '' },
  how: { fr: '', en: '' },
  doors: [],
  choices: [],
  needs: []
};

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { desk, current } = await writtenIntake(locals, params.territory, url);
  const isNew = params.question === 'new';
  const question = isNew ? NEW : current.questions.find(({ key }) => key === params.question);
  if (!question) error(404);
  return {
    isNew,
    revision: desk.draft?.revision ?? 0,
    question: rowsOf(question),
    others: current.questions
      .filter(({ key }) => key !== question.key)
      .map(({ key, text, choices }) => ({
        key,
        text: inLanguage(text, locals.language),
        choices: choices.map(({ key: value, label }) => ({ value, label: inLanguage(label, locals.language) }))
      })),
    doors: (['idea', 'need', 'help'] as const).map((value) => ({ value, label: doorWord(value) })),
    signals: signalOptions(locals.language)
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    const { territory, current } = await writtenIntake(locals, params.territory, url);
    const isNew = params.question === 'new';
    if (!isNew && !current.questions.some(({ key }) => key === params.question)) error(404);
    const form = await request.formData();
    const others = current.questions.filter(({ key }) => key !== params.question);
    const question = readQuestion(form, isNew ? null : params.question, others);
    const sendBack = (problem: string) => fail(422, { problem, question: rowsOf(question) });
    if (!v.safeParse(intakeQuestionSchema, question).success) return sendBack(m.door_intake_refused_text());
    const verdict = await writeIntake(locals.context, {
      territoryId: territory.id,
      revision: Number(formText(form, 'revision')),
      edit: { kind: 'put', question, isNew }
    });
    if (!verdict.ok) return sendBack(m.door_intake_refused_changed());
    redirect(303, `/${territory.slug}/coordination/intake?done=saved`);
  }
};

/** A question as its form shows it: with empty rows to fill. */
function rowsOf(question: IntakeQuestion) {
  const rows = question.choices.map(({ key, label, signals }) => ({
    key,
    ...label,
    signals: padded(
      signals.map(signalText),
      Math.min(SIGNALS_MAX_COUNT, Math.max(SIGNALS_MIN_COUNT, signals.length + 1)),
      ''
    )
  }));
  const wanted = Math.min(CHOICES_MAX_COUNT, Math.max(rows.length + EMPTY_ROWS, EMPTY_ROWS + 2));
  return {
    ...question,
    choices: padded(rows, wanted, { key: '', fr: '', en: '', signals: Array<string>(SIGNALS_MIN_COUNT).fill('') })
  };
}

function padded<Item>(list: readonly Item[], count: number, empty: Item): Item[] {
  return [...list, ...Array<Item>(Math.max(0, count - list.length)).fill(empty)];
}
