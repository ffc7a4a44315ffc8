import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_INTAKE } from './default-intake.ts';
import { DOORS } from './door.schema.ts';
import { ASKED_MAX_COUNT, checkIntake } from './intake-check.rules.ts';
import { askedQuestions, nextQuestion, readAnswers, type IntakeQuestion } from './intake.rules.ts';
import { intakeQuestionSchema } from './intake.schema.ts';
import * as v from 'valibot';

const both = (text: string) => ({ fr: text, en: text });
function aQuestion(key: string, more: Partial<IntakeQuestion> = {}): IntakeQuestion {
  const choices = ['yes', 'no'].map((one) => ({ key: one, label: both(one), signals: [] }));
  return { key, text: both(key), why: both('why'), how: both('how'), doors: [], choices, needs: [], ...more };
}
const need = (question: string, ...choices: string[]) => ({ question, choices });
const codesOf = (questions: readonly IntakeQuestion[]) =>
  checkIntake(questions).map(({ code, question }) => [code, question]);

test('the questions that come with the product are sound, and nobody is asked more than five', () => {
  expect(checkIntake(DEFAULT_INTAKE)).toEqual([]);
  for (const question of DEFAULT_INTAKE)
    expect(v.safeParse(intakeQuestionSchema, question).success, question.key).toBe(true);
  expect(nextQuestion(DEFAULT_INTAKE, 'help', {})?.key).toBe('giving');
});

test('a question appears only when all of its preconditions hold, and goes when they no longer do', () => {
  const keysAfter = (answers: Record<string, string>) =>
    askedQuestions(DEFAULT_INTAKE, 'need', answers).map(({ key }) => key);
  expect(keysAfter({})).toEqual(['looking-for', 'subject', 'for-whom']);
  expect(keysAfter({ 'looking-for': 'room' })).toContain('how-many');
  expect(keysAfter({ 'looking-for': 'money', 'how-many': 'few' })).not.toContain('how-many');
  const questions = [aQuestion('a'), aQuestion('b'), aQuestion('c', { needs: [need('a', 'yes'), need('b', 'yes')] })];
  expect(askedQuestions(questions, 'idea', { a: 'yes', b: 'no' })).toHaveLength(2);
  expect(askedQuestions(questions, 'idea', { a: 'yes', b: 'yes' })).toHaveLength(3);
});

test('what is told comes from the answers that still count; a question passed over tells nothing', () => {
  const answers = { 'looking-for': 'room', subject: '', 'for-whom': 'young', 'how-many': 'few' };
  expect(readAnswers(DEFAULT_INTAKE, 'idea', answers)).toEqual({ themes: [], publics: ['jeunes'], kinds: ['room'] });
  expect(readAnswers(DEFAULT_INTAKE, 'help', answers)).toEqual({ themes: [], publics: [], kinds: [] });
  expect(nextQuestion(DEFAULT_INTAKE, 'idea', answers)).toBeNull();
});

test('questions that wait for each other are refused, by name', () => {
  const questions = [
    aQuestion('a'),
    aQuestion('b', { needs: [need('d', 'yes')] }),
    aQuestion('c', { needs: [need('b', 'yes')] }),
    aQuestion('d', { needs: [need('c', 'yes')] })
  ];
  expect(codesOf(questions)).toEqual([
    ['loop', 'b'],
    ['loop', 'c'],
    ['loop', 'd']
  ]);
  expect(codesOf([aQuestion('a', { needs: [need('a', 'yes')] })])).toEqual([['loop', 'a']]);
});

test('a question that nobody could answer, or that leans on nothing, is refused', () => {
  const [yes] = aQuestion('a').choices;
  expect(codesOf([aQuestion('a', { choices: [yes!] })])).toEqual([['too-few-choices', 'a']]);
  expect(codesOf([aQuestion('a', { needs: [need('z', 'yes')] })])).toEqual([['unknown-question', 'a']]);
  expect(codesOf([aQuestion('a'), aQuestion('b', { needs: [need('a', 'perhaps')] })])).toEqual([
    ['unknown-choice', 'b']
  ]);
  expect(codesOf([aQuestion('a'), aQuestion('a')])).toEqual([['same-key', 'a']]);
  expect(codesOf([aQuestion('a', { text: both(' ') })])).toEqual([['words-missing', 'a']]);
  expect(codesOf([])).toEqual([['no-question', '']]);
});

test('a question that can never be asked is refused: contrary answers, or doors that never meet', () => {
  const contrary = [aQuestion('a'), aQuestion('b', { needs: [need('a', 'yes'), need('a', 'no')] })];
  expect(codesOf(contrary)).toEqual([['never-asked', 'b']]);
  const apart = [aQuestion('a', { doors: ['idea'] }), aQuestion('b', { doors: ['help'], needs: [need('a', 'yes')] })];
  expect(codesOf(apart)).toEqual([['never-asked', 'b']]);
});

test('a sixth question for somebody is refused; six questions of which each is asked five are not', () => {
  const six = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => aQuestion(key));
  expect(codesOf(six)).toEqual([['too-long', 'f']]);
  const split = [
    ...six.slice(0, 4),
    aQuestion('e', { needs: [need('a', 'yes')] }),
    aQuestion('f', { needs: [need('a', 'no')] })
  ];
  expect(codesOf(split)).toEqual([]);
});

/** Any list of up to six questions, preconditions pointing anywhere. */
const anyQuestions = fc
  .array(
    fc.record({
      doors: fc.subarray([...DOORS]),
      needs: fc.array(fc.tuple(fc.nat(5), fc.subarray(['yes', 'no'], { minLength: 1 })), { maxLength: 2 })
    }),
    { minLength: 1, maxLength: 6 }
  )
  .map((rows) =>
    rows.map(({ doors, needs }, index) =>
      aQuestion(`q${index}`, { doors, needs: needs.map(([at, choices]) => need(`q${at % rows.length}`, ...choices)) })
    )
  );

test('what is found sound is so: by every way of answering, each question comes up, none comes twice, all end within five', () => {
  let sound = 0;
  fc.assert(
    fc.property(anyQuestions, (questions) => {
      const isSound = checkIntake(questions).length === 0;
      const met = new Set<string>();
      let longest = 0;
      const walk = (door: (typeof DOORS)[number], answers: Record<string, string>) => {
        const next = nextQuestion(questions, door, answers);
        if (!next) {
          longest = Math.max(longest, Object.keys(answers).length);
          return;
        }
        expect(answers).not.toHaveProperty(next.key);
        met.add(next.key);
        for (const answer of ['', 'yes', 'no']) walk(door, { ...answers, [next.key]: answer });
      };
      for (const door of DOORS) walk(door, {});
      const isSoundByHand = met.size === questions.length && longest <= ASKED_MAX_COUNT;
      expect(isSound).toBe(isSoundByHand);
      if (isSound) sound += 1;
    }),
    { numRuns: 400 }
  );
  expect(sound).toBeGreaterThan(20);
});
