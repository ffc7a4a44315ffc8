import { DOORS } from '@terreau/features/orientation/door.schema';
import { nextQuestion, readAnswers, type IntakeAnswers } from '@terreau/features/orientation/intake.rules';
import { doorWord, inLanguage, signalWord } from '#lib/server/intake/intake-words.ts';
import { writtenIntake } from '#lib/server/intake/written-intake.ts';
import type { PageServerLoad } from './$types';

export const csr = false;

/** What somebody would be asked, one question at a time: the answers stand in the address and are kept nowhere. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { current } = await writtenIntake(locals, params.territory, url);
  const { language } = locals;
  const door = DOORS.find((one) => one === url.searchParams.get('door')) ?? DOORS[0];
  const answers: IntakeAnswers = Object.fromEntries(
    current.questions
      .filter(({ key }) => url.searchParams.has(key))
      .map(({ key }) => [key, url.searchParams.get(key) ?? ''])
  );
  const next = nextQuestion(current.questions, door, answers);
  const { themes, publics, kinds } = readAnswers(current.questions, door, answers);
  const signals = [
    ...kinds.map((code) => `kind:${code}`),
    ...publics.map((code) => `public:${code}`),
    ...themes.map((code) => `theme:${code}`)
  ];
  return {
    door,
    doors: DOORS.map((value) => ({ value, label: doorWord(value) })),
    given: Object.entries(answers).map(([name, value]) => ({ name, value })),
    question: next && {
      key: next.key,
      text: inLanguage(next.text, language),
      why: inLanguage(next.why, language),
      how: inLanguage(next.how, language),
      choices: next.choices.map(({ key, label }) => ({ value: key, label: inLanguage(label, language) }))
    },
    tells: signals.map((signal) => signalWord(signal, language))
  };
};
