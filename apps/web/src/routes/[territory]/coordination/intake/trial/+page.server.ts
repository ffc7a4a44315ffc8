import { fail, redirect } from '@sveltejs/kit';
import { tryIntake, type IntakeTrials } from '@terreau/features/orientation/try-intake.command';
import { doorWord, inLanguage, signalWord } from '#lib/server/intake/intake-words.ts';
import { writtenIntake } from '#lib/server/intake/written-intake.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { territory, desk } = await writtenIntake(locals, params.territory, url);
  if (!desk.draft) redirect(303, `/${territory.slug}/coordination/intake`);
};

export const actions: Actions = {
  default: async ({ locals, params, url }) => {
    const { territory } = await writtenIntake(locals, params.territory, url);
    const verdict = await tryIntake(locals.context, territory.id);
    if (!verdict.ok) return fail(409, { problem: m.door_intake_refused_sound(), trials: null });
    return { problem: null, trials: shown(verdict.value, locals.language) };
  }
};

function shown({ questions, trials }: IntakeTrials, language: 'fr' | 'en') {
  const named = (key: string) => {
    const question = questions.find((one) => one.key === key);
    return question ? inLanguage(question.text, language) : key;
  };
  return trials.map((trial) => ({
    id: trial.requestId,
    door: doorWord(trial.door),
    sentence: trial.sentence,
    asked: trial.asked.map(({ key, isAnswered }) => ({ text: named(key), isAnswered })),
    dropped: trial.dropped.map(named),
    gained: trial.gained.map((signal) => signalWord(signal, language)),
    lost: trial.lost.map((signal) => signalWord(signal, language))
  }));
}
