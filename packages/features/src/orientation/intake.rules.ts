import type { DoorKind } from './door.schema.ts';

/*
 * The guided intake as data. Each answer may emit signals; a question appears only when all of its preconditions hold.
 * Questions come in the order of the list, one at a time; each may be passed over.
 */

export interface BothWords {
  readonly fr: string;
  readonly en: string;
}

/** What an answer tells of a request: a theme, a public (data·inclusion codes), a kind of support that is asked. */
export interface Signal {
  readonly about: 'theme' | 'public' | 'kind';
  readonly code: string;
}

export interface IntakeChoice {
  readonly key: string;
  readonly label: BothWords;
  readonly signals: readonly Signal[];
}

/** The question appears only when one of `choices` was the answer to `question`. */
export interface Precondition {
  readonly question: string;
  readonly choices: readonly string[];
}

export interface IntakeQuestion {
  readonly key: string;
  readonly text: BothWords;
  /** Why it is asked: what the answer serves. */
  readonly why: BothWords;
  /** How to answer it. */
  readonly how: BothWords;
  /** The doors that it belongs to; none named: all of them. */
  readonly doors: readonly DoorKind[];
  readonly choices: readonly IntakeChoice[];
  readonly needs: readonly Precondition[];
}

/** By the key of the question, the key of the choice; an empty text for a question that was passed over. */
export type IntakeAnswers = Readonly<Record<string, string>>;

/** The questions that are asked of somebody who gave `answers`, those already answered included, in order. */
export function askedQuestions(
  questions: readonly IntakeQuestion[],
  door: DoorKind,
  answers: IntakeAnswers
): IntakeQuestion[] {
  const asked: IntakeQuestion[] = [];
  const holds = ({ question, choices }: Precondition) =>
    asked.some(({ key }) => key === question) && choices.includes(answers[question] ?? '');
  // A question may lean on one that stands further down the list: looked at again until nothing more appears.
  for (let found = true; found;) {
    const more = questions.filter(
      (question) => !asked.includes(question) && isOfDoor(question, door) && question.needs.every(holds)
    );
    asked.push(...more);
    found = more.length > 0;
  }
  return questions.filter((question) => asked.includes(question));
}

/** The next question for somebody who gave `answers`; null when there is none left. */
export function nextQuestion(
  questions: readonly IntakeQuestion[],
  door: DoorKind,
  answers: IntakeAnswers
): IntakeQuestion | null {
  return askedQuestions(questions, door, answers).find(({ key }) => answers[key] === undefined) ?? null;
}

export interface IntakeReading {
  readonly themes: readonly string[];
  readonly publics: readonly string[];
  /** Kinds of support asked for: a room, a training… */
  readonly kinds: readonly string[];
}

/** What the answers tell. An answer to a question that is no longer asked tells nothing. */
export function readAnswers(
  questions: readonly IntakeQuestion[],
  door: DoorKind,
  answers: IntakeAnswers
): IntakeReading {
  const signals = askedQuestions(questions, door, answers).flatMap(
    ({ key, choices }) => choices.find((choice) => choice.key === answers[key])?.signals ?? []
  );
  const codesOf = (about: Signal['about']) => [
    ...new Set(signals.filter((signal) => signal.about === about).map(({ code }) => code))
  ];
  return { themes: codesOf('theme'), publics: codesOf('public'), kinds: codesOf('kind') };
}

function isOfDoor({ doors }: IntakeQuestion, door: DoorKind): boolean {
  return doors.length === 0 || doors.includes(door);
}
