import { PUBLICS, THEME_GROUPS, THEMES } from '@terreau/formats/vocabulary';
import type { IntakeProblem } from '@terreau/features/orientation/intake-check.rules';
import type { BothWords, IntakeQuestion, Signal } from '@terreau/features/orientation/intake.rules';
import { SUPPORT_KINDS } from '@terreau/features/orientation/intake.schema';
import { m } from '#texts/messages.js';

type Language = 'fr' | 'en';

const KINDS: Readonly<Record<string, () => string>> = {
  service: m.door_intake_kind_service,
  person: m.door_intake_kind_person,
  room: m.door_intake_kind_room,
  equipment: m.door_intake_kind_equipment,
  training: m.door_intake_kind_training,
  funding: m.door_intake_kind_funding,
  information: m.door_intake_kind_information
};

const DOORS = { idea: m.door_word_idea, need: m.door_word_need, help: m.door_word_help };

export const inLanguage = ({ fr, en }: BothWords, language: Language): string => (language === 'en' && en) || fr;
export const doorWord = (door: keyof typeof DOORS): string => DOORS[door]();

/** What a signal (`theme:…`) says, in words. */
export function signalWord(signal: string, language: Language): string {
  const [about = '', code = ''] = signal.split(':');
  if (about === 'kind') return KINDS[code]?.() ?? code;
  const list: readonly { code: string; label: string; labelEn: string }[] = about === 'theme' ? THEMES : PUBLICS;
  const entry = list.find((one) => one.code === code);
  if (!entry) return code;
  return language === 'en' ? entry.labelEn : entry.label;
}

export const signalText = ({ about, code }: Signal): string => `${about}:${code}`;

/** Everything that an answer may tell, for a list to choose from. */
export function signalOptions(language: Language) {
  const option = (about: string) => (entry: { code: string; label: string; labelEn: string }) => ({
    value: `${about}:${entry.code}`,
    label: language === 'en' ? entry.labelEn : entry.label
  });
  return [
    {
      label: m.door_intake_kinds(),
      options: SUPPORT_KINDS.map((code) => ({ value: `kind:${code}`, label: KINDS[code]!() }))
    },
    { label: m.door_intake_publics(), options: PUBLICS.map(option('public')) },
    ...THEME_GROUPS.map((group) => ({
      label: `${m.door_intake_themes()} · ${language === 'en' ? group.labelEn : group.label}`,
      options: THEMES.filter((theme) => theme.group === group.code).map(option('theme'))
    }))
  ];
}

/** A question as the list shows it: who is asked, after which answers, what each answer tells. */
export function shownQuestion(question: IntakeQuestion, all: readonly IntakeQuestion[], language: Language) {
  const needs = question.needs.map(({ question: key, choices }) => {
    const before = all.find((one) => one.key === key);
    const answers = before?.choices.filter((choice) => choices.includes(choice.key)) ?? [];
    return m.door_intake_after({
      question: before ? inLanguage(before.text, language) : key,
      answers: answers.map(({ label }) => `« ${inLanguage(label, language)} »`).join(', ')
    });
  });
  return {
    key: question.key,
    text: inLanguage(question.text, language),
    why: inLanguage(question.why, language),
    how: inLanguage(question.how, language),
    doors: question.doors.length === 0 ? m.door_intake_all_doors() : question.doors.map(doorWord).join(', '),
    needs,
    choices: question.choices.map(({ key, label, signals }) => ({
      key,
      label: inLanguage(label, language),
      tells: signals.map((signal) => signalWord(signalText(signal), language)).join(', ')
    }))
  };
}

/** What is wrong with the list, in a sentence that names the questions by their words. */
export function problemWord(problem: IntakeProblem, all: readonly IntakeQuestion[], language: Language): string {
  const named = (key: string | undefined) => {
    const found = all.find((one) => one.key === key);
    return found ? inLanguage(found.text, language) : (key ?? '');
  };
  const question = named(problem.question);
  const other = named(problem.other);
  switch (problem.code) {
    case 'no-question':
      return m.door_intake_problem_none();
    case 'too-many-questions':
      return m.door_intake_problem_many();
    case 'same-key':
      return m.door_intake_problem_same({ question });
    case 'words-missing':
      return m.door_intake_problem_words({ question });
    case 'too-few-choices':
      return m.door_intake_problem_few({ question });
    case 'too-many-choices':
      return m.door_intake_problem_choices({ question });
    case 'unknown-question':
      return m.door_intake_problem_gone({ question });
    case 'unknown-choice':
      return m.door_intake_problem_answer({ question, other });
    case 'loop':
      return m.door_intake_problem_loop({ question, other });
    case 'never-asked':
      return m.door_intake_problem_never({ question });
    case 'too-long':
      return m.door_intake_problem_long({ question });
    case 'too-many-ways':
      return m.door_intake_problem_ways();
  }
}
