import { readText } from '@terreau/formats/cells';
import { parseEuros } from '@terreau/kernel/money';
import * as v from 'valibot';
import { dateField, textUpTo } from '../support/dossier.schema.ts';
import { accountsOf, isAccount, isPair } from './accounts.rules.ts';
import { FUNDING_STATES } from './funding-life.rules.ts';
import { DEADLINE_KINDS } from './deadlines.rules.ts';
import { valueOf } from './budget.rules.ts';

export const BUDGET_TITLE_MAX_CHARACTERS = 160;
export const LINE_LABEL_MAX_CHARACTERS = 200;
export const LINE_BASIS_MAX_CHARACTERS = 300;
export const LINE_MAX_CENTS = 2_000_000_000;
export const BUDGET_LINES_MAX_COUNT = 200;
export const BUDGET_MAX_DAYS = 1829;
const QUANTITY_MAX_HUNDREDTHS = 100_000_000;
const UNIT_MAX_CENTS = 100_000_000;
const TYPED_MAX_CHARACTERS = 5000;
const MILLISECONDS_PER_DAY = 86_400_000;

const typed = () => v.pipe(v.string(), v.maxLength(TYPED_MAX_CHARACTERS, 'too-long'));

const textOf = (min: number, max: number) =>
  v.pipe(
    typed(),
    v.transform((text) => readText(text) ?? ''),
    v.minLength(min, 'missing'),
    v.maxLength(max, 'too-long')
  );

/** « 1 250,50 » as cents, from zero to `max`; null when nothing was typed. */
export const eurosField = (max = LINE_MAX_CENTS) =>
  v.optional(
    v.pipe(
      typed(),
      v.check((text) => text.trim() === '' || centsIn(text, max) !== null, 'malformed-amount'),
      v.transform((text) => (text.trim() === '' ? null : centsIn(text, max)))
    ),
    ''
  );

/** How many, with two decimals at most, in hundredths. */
const quantityField = eurosField(QUANTITY_MAX_HUNDREDTHS);

function centsIn(text: string, max: number): number | null {
  const read = parseEuros(text);
  return read.ok && read.value >= 0 && read.value <= max ? read.value : null;
}

const requiredDate = v.pipe(
  dateField,
  v.check((date) => date !== null, 'missing'),
  v.transform((date) => date!)
);

export const newBudgetSchema = v.pipe(
  v.object({
    about: v.picklist(['project', 'year'] as const, 'missing'),
    title: textOf(3, BUDGET_TITLE_MAX_CHARACTERS),
    startsOn: requiredDate,
    endsOn: requiredDate
  }),
  v.forward(
    v.check(({ startsOn, endsOn }) => isPeriod(startsOn, endsOn), 'malformed-period'),
    ['endsOn']
  )
);
export type NewBudgetFields = v.InferOutput<typeof newBudgetSchema>;

export const renameBudgetSchema = v.object({ title: textOf(3, BUDGET_TITLE_MAX_CHARACTERS) });

/** Whether a budget may cover these days: more than one, and less than five years. */
export function isPeriod(startsOn: string, endsOn: string): boolean {
  const days = (Date.parse(endsOn) - Date.parse(startsOn)) / MILLISECONDS_PER_DAY;
  return days >= 1 && days <= BUDGET_MAX_DAYS;
}

/** One line as typed: an account or both sides of a contribution; an amount, or how many at what value each. */
export const lineSchema = v.pipe(
  v.object({
    label: textOf(1, LINE_LABEL_MAX_CHARACTERS),
    choice: v.pipe(
      typed(),
      v.check((text) => isAccount(text) || isPair(text), 'missing'),
      v.transform((text) => (isAccount(text) || isPair(text) ? text : '60'))
    ),
    amount: eurosField(),
    quantity: quantityField,
    unit: eurosField(UNIT_MAX_CENTS),
    basis: textUpTo(LINE_BASIS_MAX_CHARACTERS),
    indirect: v.pipe(
      v.optional(typed(), ''),
      v.transform((text) => text === 'yes')
    )
  }),
  v.transform((line) => {
    const isInKind = line.choice.startsWith('8');
    const isCounted = isInKind && line.quantity !== null && line.unit !== null && line.quantity > 0 && line.unit > 0;
    return {
      ...line,
      accounts: accountsOf(line.choice),
      amount: isCounted ? valueOf(line.quantity!, line.unit!) : line.amount,
      quantity: isCounted ? line.quantity : null,
      unit: isCounted ? line.unit : null,
      basis: isInKind ? line.basis : null,
      indirect: line.indirect && line.choice.startsWith('6')
    };
  }),
  v.forward(
    v.check(({ amount }) => amount !== null && amount <= LINE_MAX_CENTS, 'missing-amount'),
    ['amount']
  ),
  v.transform((line) => ({ ...line, amount: line.amount ?? 0 }))
);
export type LineFields = v.InferOutput<typeof lineSchema>;

export const stepSchema = v.object({
  line: typed(),
  state: v.picklist(FUNDING_STATES, 'missing'),
  happenedOn: requiredDate,
  note: textUpTo(300)
});
export type StepFields = v.InferOutput<typeof stepSchema>;

export const deadlineSchema = v.object({
  kind: v.picklist(DEADLINE_KINDS, 'missing'),
  label: textUpTo(160),
  dueOn: requiredDate,
  /** The income line that it is about, and the place in the circle of whoever sees to it. */
  line: v.optional(typed(), ''),
  member: v.optional(typed(), '')
});
export type DeadlineFields = v.InferOutput<typeof deadlineSchema>;

export const ACTUAL_EXPLANATION_MAX_CHARACTERS = 1000;
const REPORT_TEXT_MAX_CHARACTERS = 3000;

/** What nobody had forecast: a line of the report of its own. */
export const unforeseenSchema = v.pipe(
  v.object({
    account: v.pipe(
      typed(),
      v.check((text) => isAccount(text), 'missing'),
      v.transform((text) => (isAccount(text) ? text : '60'))
    ),
    label: textOf(1, LINE_LABEL_MAX_CHARACTERS),
    amount: eurosField(),
    explanation: textUpTo(ACTUAL_EXPLANATION_MAX_CHARACTERS)
  }),
  v.forward(
    v.check(({ amount }) => amount !== null, 'missing-amount'),
    ['amount']
  ),
  v.transform(({ amount, ...line }) => ({ ...line, cents: amount ?? 0 }))
);

export const textsSchema = v.object({
  done: textUpTo(REPORT_TEXT_MAX_CHARACTERS),
  public: textUpTo(REPORT_TEXT_MAX_CHARACTERS),
  effects: textUpTo(REPORT_TEXT_MAX_CHARACTERS)
});
