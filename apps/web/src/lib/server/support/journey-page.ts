import type { Journey } from '@terreau/features/support/find-journey.query';
import {
  controlOf,
  EXIT_ANSWERS,
  journeyOf,
  stateOfStep,
  type ExitAnswer,
  type JourneySource,
  type JourneyStep,
  type SourceLine
} from '@terreau/features/support/journey.rules';
import { formatLocalDate, formatMoney, formatShortDate } from '#lib/formats.ts';
import type { Typed } from '#lib/server/directory/forms.ts';
import { DEADLINE_WORDS, FUNDING_STATE_WORDS } from '#lib/server/funding/words.ts';
import { m } from '#texts/messages.js';
import { DECISION_WORDS, EXIT_WORDS, SOURCE_WORDS, STEP_STATE_WORDS } from './journey-words.ts';
import { knownInWords } from './journey-known-words.ts';
import { ROLE_WORDS, stepInWords } from './words.ts';

/** Where the rest is written, for what a step takes from other pages of the dossier. */
const SOURCE_PAGES = {
  meetings: 'meetings',
  budget: 'budget',
  deadlines: 'deadlines',
  diagnosis: 'diagnosis',
  plan: 'plan'
} as const;

/** Pages that a funder does not read. */
const OF_FUNDING: readonly JourneySource[] = ['budget', 'deadlines'];

/** The fields of a step with what was said, in the order in which they are asked. */
export function fieldsOf(step: JourneyStep, journey: Journey) {
  return step.fields.map((field) => {
    const fact = journey.facts.get(field.key);
    return {
      ...field,
      name: controlOf(field.key),
      hint: m.support_journey_form_limit({ help: field.help, max: field.limit }),
      value: fact?.value ?? '',
      from: whereFrom(field.askedAt, Boolean(fact?.value), isFromRequest(step, journey, fact?.at))
    };
  });
}

function whereFrom(askedAt: number | null, isSaid: boolean, isRequest: boolean): string | null {
  if (askedAt !== null) {
    return isSaid
      ? m.support_journey_form_said_before({ step: askedAt })
      : m.support_journey_form_asked_before({ step: askedAt });
  }
  return isSaid && isRequest ? m.support_journey_form_from_request() : null;
}

/** The first facts of a dossier born of a request were said there: they have its very instant. */
function isFromRequest(step: JourneyStep, { hasRequest, openedAt }: Journey, at: Date | undefined): boolean {
  return step.step === 0 && hasRequest && at?.getTime() === openedAt.getTime();
}

/** The questions with which a step is left, and who answered what when. */
export function questionsOf(step: JourneyStep, journey: Journey, timeZone: string) {
  return step.questions.map(({ key, text }) => {
    const fact = journey.facts.get(key);
    const answer = fact?.value as ExitAnswer | null | undefined;
    return {
      name: controlOf(key),
      text,
      chosen: answer ? [answer] : [],
      known: knownInWords(key, journey, timeZone),
      answered: answer ? answeredInWords(EXIT_WORDS[answer](), fact!.by, formatShortDate(fact!.at, timeZone)) : null
    };
  });
}

function answeredInWords(answer: string, name: string | null, date: string): string {
  return name ? m.support_journey_exit_by({ answer, name, date }) : m.support_journey_exit_by_nobody({ answer, date });
}

export const exitOptions = () => EXIT_ANSWERS.map((value) => ({ value, label: EXIT_WORDS[value]() }));

/** What other pages hold that belongs to a step; where nothing is typed yet, the way there. */
export function sourcesOf(step: JourneyStep, journey: Journey) {
  const readable = step.sources.filter((source) => journey.head.seesFunding || !OF_FUNDING.includes(source));
  return readable.map((source) => ({
    source,
    title: SOURCE_WORDS[source](),
    lines: (journey.sources.get(source) ?? []).map(sourceLineInWords),
    page: SOURCE_PAGES[source]
  }));
}

/** The nine steps and where each stands, in words. */
export function stepsOf(steps: readonly JourneyStep[], journey: Journey, timeZone: string) {
  return steps.map(({ step, fields }) => {
    const left = journey.decisions.find((row) => row.decision === 'continue' && row.fromStep === step);
    const hasWords = fields.some((field) => field.askedAt === null && journey.facts.get(field.key)?.value);
    const state = stateOfStep(step, journey.step, left !== undefined, hasWords);
    return {
      step,
      name: stepInWords(step),
      isHere: state === 'here',
      state:
        state === 'done' && left
          ? m.support_journey_step_done_on({ date: formatShortDate(left.at, timeZone) })
          : STEP_STATE_WORDS[state]()
    };
  });
}

/** What was decided, the latest first: who, when, why. */
export function decisionsInWords(journey: Journey, timeZone: string) {
  return journey.decisions.map((row) => {
    const words = { decision: DECISION_WORDS[row.decision](), from: row.fromStep, to: row.toStep };
    return {
      date: formatShortDate(row.at, timeZone),
      text: row.fromStep === row.toStep ? m.support_journey_decided_here(words) : m.support_journey_decided_line(words),
      by: row.by === null ? m.support_journey_decided_erased() : byInWords(row.by, row.as),
      reason: row.reason
    };
  });
}

function byInWords(name: string, as: Journey['decisions'][number]['as']): string {
  return as
    ? m.support_journey_decided_by({ name, role: ROLE_WORDS[as]().toLocaleLowerCase() })
    : m.support_journey_decided_by_name({ name });
}

/** What a form says under each of these keys; a control that it does not hold is left as it is. */
export function saidIn(typed: Typed, keys: readonly string[]): Map<string, string> {
  return new Map(
    keys.flatMap((key) => {
      const value = typed[controlOf(key)];
      return typeof value === 'string' ? [[key, value] as const] : [];
    })
  );
}

/** The step that an address names; null for none. */
export function stepAt(text: string, language: 'fr' | 'en'): JourneyStep | null {
  return /^[0-8]$/.test(text) ? journeyOf(language)[Number(text)]! : null;
}

/** The control that a refusal is about, by the key of its fact; none for the whole form. */
export function fieldOf(details: Readonly<Record<string, string | number>>): string {
  return typeof details['key'] === 'string' ? controlOf(details['key']) : '';
}

/** « Ville de Valbrune : 300 € (demandé) » */
export function sourceLineInWords(line: SourceLine): string {
  if (line.kind === 'text') return line.text;
  if (line.kind === 'action') {
    return line.dueOn
      ? m.support_journey_source_due({ text: line.text, date: formatLocalDate(line.dueOn) })
      : line.text;
  }
  if (line.kind === 'deadline') {
    const text = line.text ?? DEADLINE_WORDS[line.of]();
    return m.support_journey_source_due({ text, date: formatLocalDate(line.dueOn) });
  }
  const amount = formatMoney(line.cents);
  if (line.kind === 'income') {
    return m.support_journey_source_income({ label: line.text, amount, state: FUNDING_STATE_WORDS[line.state]() });
  }
  return line.of === 'costs'
    ? m.support_journey_source_total_costs({ amount })
    : m.support_journey_source_total_income({ amount });
}
