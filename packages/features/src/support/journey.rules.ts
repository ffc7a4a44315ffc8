import type { LocalDate } from '@terreau/kernel/instants';
import type { DeadlineKind } from '../funding/deadlines.rules.ts';
import type { FundingState } from '../funding/funding-life.rules.ts';
import english from './journey.en.json' with { type: 'json' };
import french from './journey.json' with { type: 'json' };

/*
 * The journey of a project, from an idea to what lasts, as data: nine steps, the fields of what each delivers, the
 * questions with which it is left. A field is asked in one step only; a later step that needs it shows what was said.
 */

export const STEP_LAST = 8;
export const EXIT_ANSWERS = ['yes', 'not-yet', 'not-useful'] as const;
export type ExitAnswer = (typeof EXIT_ANSWERS)[number];

/** What other pages of the dossier hold and a deliverable shows. */
export const JOURNEY_SOURCES = ['meetings', 'budget', 'deadlines', 'diagnosis', 'plan'] as const;
export type JourneySource = (typeof JOURNEY_SOURCES)[number];

/** One line of what another page holds; whole cents. The words around it are those of the page. */
export type SourceLine =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly text: string; readonly dueOn: LocalDate | null }
  /** `text` is null for a deadline without words of its own. */
  | {
      readonly kind: 'deadline';
      readonly of: DeadlineKind;
      readonly text: string | null;
      readonly dueOn: LocalDate;
    }
  | { readonly kind: 'total'; readonly of: 'costs' | 'income'; readonly cents: number }
  | {
      readonly kind: 'income';
      readonly text: string;
      readonly cents: number;
      readonly state: FundingState;
    };

export interface JourneyField {
  /** Key of its fact. */
  readonly key: string;
  readonly label: string;
  readonly help: string;
  /** In characters; a new line counts as `LINE_BREAK_CHARACTERS`. */
  readonly limit: number;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  /** The step that asks it, when an earlier one did: here it is shown, and may be put in other words. */
  readonly askedAt: number | null;
}

export interface ExitQuestion {
  readonly key: string;
  readonly text: string;
}

export interface JourneyStep {
  readonly step: number;
  readonly doing: string;
  readonly helpers: string;
  /** Kinds of supports of the catalogue that help here. */
  readonly supports: readonly string[];
  /** The next small action, where nobody has written another. */
  readonly action: string;
  readonly deliverable: string;
  readonly sources: readonly JourneySource[];
  readonly fields: readonly JourneyField[];
  readonly questions: readonly ExitQuestion[];
}

/** What is to be done next, in the words of those who do it. */
export const NEXT_ACTION_KEY = 'next.action';
export const NEXT_ACTION_MAX_CHARACTERS = 300;

/** The nine steps, E0 to E8, in the language of the page. */
export function journeyOf(language: 'fr' | 'en'): readonly JourneyStep[] {
  return JOURNEYS[language];
}

/** The same field or question of a form and of its fact: a dot has no place in the name of a control. */
export function controlOf(key: string): string {
  return key.replaceAll('.', '-');
}

/** A typed answer as it is kept: lines without their spaces, no empty line, null for nothing. */
export function readSaid(raw: string): string | null {
  const lines = raw
    .replaceAll(/[\p{Cc}\u200b\ufeff]/gu, (mark) => (mark === '\n' || mark === '\r' || mark === '\t' ? mark : ''))
    .split(/\r?\n|\r/)
    .map((line) => line.replaceAll(/[\t ]+/g, ' ').trim())
    .filter((line) => line !== '');
  return lines.length > 0 ? lines.join('\n') : null;
}

/** A new line takes as much of a page as this many characters. */
export const LINE_BREAK_CHARACTERS = 90;

/** How much room an answer takes: what the limit of its field is compared with. */
export function roomOf(said: string): number {
  return said.length + LINE_BREAK_CHARACTERS * (said.split('\n').length - 1);
}

/** The answers that may be kept under a key; null for any words. */
export function allowedAnswers(key: string): readonly string[] | null {
  if (key.startsWith('exit.')) return EXIT_ANSWERS;
  const field = FIELDS.get(key);
  return field && field.choices.length > 0 ? field.choices.map((choice) => choice.value) : null;
}

/** The keys of everything that the journey keeps. */
export function journeyKeys(): readonly string[] {
  return KEYS;
}

export function limitOf(key: string): number {
  return FIELDS.get(key)?.limit ?? NEXT_ACTION_MAX_CHARACTERS;
}

export type StepState = 'here' | 'done' | 'skipped' | 'begun' | 'ahead';

/**
 * Where one step stands, seen from the current one: `done` was left by a decision to go on, `skipped` lies behind
 * without anything having been said in it. Words, and no more: nothing of this is counted.
 */
export function stateOfStep(step: number, current: number, wasLeft: boolean, hasWords: boolean): StepState {
  if (step === current) return 'here';
  if (step < current) return wasLeft || hasWords ? 'done' : 'skipped';
  return hasWords ? 'begun' : 'ahead';
}

type Told = (typeof french)[number];
type Words = Readonly<Record<string, string | readonly (string | readonly string[])[]>>;

/** Which step asks each field. */
const ASKED_AT = new Map(
  french.flatMap((one) => one.fields.flatMap((field) => ('key' in field ? [[field.key, one.step] as const] : [])))
);

const JOURNEYS = { fr: french.map(inFrench), en: french.map(inEnglish) } as const;
const FIELDS = new Map(JOURNEYS.fr.flatMap((one) => one.fields.map((field) => [field.key, field] as const)));
const KEYS = [
  ...FIELDS.keys(),
  ...JOURNEYS.fr.flatMap((one) => one.questions.map((question) => question.key)),
  NEXT_ACTION_KEY
];

function inFrench(told: Told): JourneyStep {
  return {
    ...told,
    sources: told.sources as JourneySource[],
    fields: told.fields.map((field) => fieldIn(field, told.step))
  };
}

/** A field as the step that asks it tells it. */
function fieldIn(field: { readonly key?: string; readonly reuse?: string }, step: number): JourneyField {
  const key = (field.key ?? field.reuse)!;
  const askedAt = ASKED_AT.get(key)!;
  const asked = french[askedAt]!.fields.find((one) => 'key' in one && one.key === key) as {
    label: string;
    help: string;
    limit: number;
    choices?: string[][];
  };
  return {
    key,
    label: asked.label,
    help: asked.help,
    limit: asked.limit,
    choices: (asked.choices ?? []).map(([value, label]) => ({ value: value!, label: label! })),
    askedAt: askedAt === step ? null : askedAt
  };
}

function inEnglish(told: Told): JourneyStep {
  const words = english.words as unknown as Words;
  const step = inFrench(told);
  return {
    ...step,
    ...english.steps[told.step]!,
    fields: step.fields.map((field) => {
      const [label, help, choices = []] = words[field.key] as [string, string, string[]?];
      return {
        ...field,
        label,
        help,
        choices: field.choices.map(({ value }, index) => ({ value, label: choices[index]! }))
      };
    }),
    questions: step.questions.map(({ key }) => ({ key, text: words[key] as string }))
  };
}
