import { DOORS } from './door.schema.ts';
import { askedQuestions, nextQuestion, type IntakeAnswers, type IntakeQuestion } from './intake.rules.ts';

/** Nobody is asked more than this, whatever they answer. */
export const ASKED_MAX_COUNT = 5;
export const QUESTIONS_MAX_COUNT = 30;
export const CHOICES_MAX_COUNT = 8;
/** Ways through the questions that are looked at, answers that lead to the same questions counted once. */
const WAYS_MAX_COUNT = 20_000;

/** What is wrong with a list of questions. `question`, `other`, `choice`: keys, for the sentence on screen. */
export interface IntakeProblem {
  readonly code:
    | 'no-question'
    | 'too-many-questions'
    | 'same-key'
    | 'words-missing'
    | 'too-few-choices'
    | 'too-many-choices'
    | 'unknown-question'
    | 'unknown-choice'
    | 'loop'
    | 'never-asked'
    | 'too-long'
    | 'too-many-ways';
  readonly question: string;
  readonly other?: string;
}

/** Everything that must be put right before these questions are published; an empty list when they may be. */
export function checkIntake(questions: readonly IntakeQuestion[]): IntakeProblem[] {
  if (questions.length === 0) return [{ code: 'no-question', question: '' }];
  if (questions.length > QUESTIONS_MAX_COUNT) return [{ code: 'too-many-questions', question: '' }];
  const problems = [...checkEach(questions), ...checkLoops(questions)];
  return problems.length > 0 ? problems : checkWays(questions);
}

function checkEach(questions: readonly IntakeQuestion[]): IntakeProblem[] {
  return questions.flatMap((question, index): IntakeProblem[] => {
    const { key, choices } = question;
    const problems: IntakeProblem[] = [];
    const add = (code: IntakeProblem['code'], other?: string) =>
      problems.push({ code, question: key, ...(other === undefined ? {} : { other }) });
    if (questions.findIndex((one) => one.key === key) < index) add('same-key');
    if (new Set(choices.map((choice) => choice.key)).size < choices.length) add('same-key');
    const words = [question.text, question.why, question.how, ...choices.map(({ label }) => label)];
    if (words.some(({ fr }) => fr.trim() === '')) add('words-missing');
    // Without a choice nobody could go on.
    if (choices.length < 2) add('too-few-choices');
    if (choices.length > CHOICES_MAX_COUNT) add('too-many-choices');
    for (const need of question.needs) {
      const before = questions.find((one) => one.key === need.question);
      if (!before) add('unknown-question', need.question);
      else if (
        need.choices.length === 0 ||
        need.choices.some((wanted) => !before.choices.some((one) => one.key === wanted))
      )
        add('unknown-choice', need.question);
    }
    return problems;
  });
}

/** Questions that wait for each other, and so never appear. One problem for each that leads back to itself. */
function checkLoops(questions: readonly IntakeQuestion[]): IntakeProblem[] {
  const needsOf = new Map(questions.map(({ key, needs }) => [key, needs.map(({ question }) => question)]));
  return questions.flatMap(({ key, needs }): IntakeProblem[] => {
    const seen = new Set<string>();
    const waiting = needs.map(({ question }) => question);
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      if (one === key) return [{ code: 'loop', question: key, other: needs[0]!.question }];
      if (seen.has(one)) continue;
      seen.add(one);
      waiting.push(...(needsOf.get(one) ?? []));
    }
    return [];
  });
}

/** Walks all ways through the questions: which are never asked, and whether somebody is asked too many. */
function checkWays(questions: readonly IntakeQuestion[]): IntakeProblem[] {
  const met = new Set<string>();
  let ways = 0;
  let longest: readonly IntakeQuestion[] = [];
  for (const door of DOORS) {
    const waiting: IntakeAnswers[] = [{}];
    for (let answers = waiting.pop(); answers; answers = waiting.pop()) {
      if ((ways += 1) > WAYS_MAX_COUNT) return [{ code: 'too-many-ways', question: '' }];
      const next = nextQuestion(questions, door, answers);
      if (!next) {
        const asked = askedQuestions(questions, door, answers);
        for (const { key } of asked) met.add(key);
        if (asked.length > longest.length) longest = asked;
        continue;
      }
      for (const answer of differentAnswers(questions, next)) waiting.push({ ...answers, [next.key]: answer });
    }
  }
  const never = questions.filter(({ key }) => !met.has(key));
  return [
    ...never.map(({ key, needs }): IntakeProblem => ({
      code: 'never-asked',
      question: key,
      ...(needs[0] ? { other: needs[0].question } : {})
    })),
    ...(longest.length > ASKED_MAX_COUNT
      ? [{ code: 'too-long' as const, question: longest[ASKED_MAX_COUNT]!.key }]
      : [])
  ];
}

/** One answer out of each group that fulfils the same preconditions; passing over fulfils none. */
function differentAnswers(questions: readonly IntakeQuestion[], { key, choices }: IntakeQuestion): string[] {
  const needs = questions.flatMap((question) => question.needs).filter((need) => need.question === key);
  const fulfilled = (choice: string) => needs.map((need) => need.choices.includes(choice)).join();
  const groups = new Map([[fulfilled(''), '']]);
  for (const choice of choices) {
    if (!groups.has(fulfilled(choice.key))) groups.set(fulfilled(choice.key), choice.key);
  }
  return [...groups.values()];
}
