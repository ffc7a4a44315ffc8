import { readText } from '@terreau/formats/cells';
import { parseEuros } from '@terreau/kernel/money';
import * as v from 'valibot';
import { textUpTo } from './dossier.schema.ts';

export const SOURCES_MAX_COUNT = 10;
export const SOURCE_LABEL_MAX_CHARACTERS = 80;
export const REACHED_DEFINITION_MAX_CHARACTERS = 300;
const TYPED_MAX_CHARACTERS = 5000;
const AMOUNT_MAX_CENTS = 1_000_000_000_00;
const HUNDREDTHS = 100;

const typed = () => v.pipe(v.optional(v.string(), ''), v.maxLength(TYPED_MAX_CHARACTERS, 'too-long'));

/** A whole number of `parts` of what is typed (`2,5` jobs are 250 hundredths); null for nothing. */
function whole(max: number, parts = 1) {
  return v.pipe(
    typed(),
    v.transform(
      (text) =>
        readText(text)
          ?.replace(/[\s’'%]/g, '')
          .replace(',', '.') ?? null
    ),
    v.check((text) => text === null || /^\d{1,9}(\.\d{1,2})?$/.test(text), 'malformed-number'),
    v.transform((text) => (text === null ? null : Math.round(Number(text) * parts * 100) / 100)),
    v.check((value) => value === null || (Number.isInteger(value) && value <= max * parts), 'malformed-number')
  );
}

function euros(sign: 'positive' | 'any') {
  return v.pipe(
    typed(),
    v.transform((text) => readText(text)),
    v.check((text) => text === null || parseEuros(text.replace('−', '-')).ok, 'malformed-amount'),
    v.transform((text) => centsIn(text)),
    v.check((cents) => cents === null || Math.abs(cents) <= AMOUNT_MAX_CENTS, 'malformed-amount'),
    v.check((cents) => sign === 'any' || cents === null || cents >= 0, 'malformed-amount')
  );
}

function centsIn(text: string | null): number | null {
  const read = text === null ? null : parseEuros(text.replace('−', '-'));
  return read?.ok ? read.value : null;
}

const SOURCE_NUMBERS = Array.from({ length: SOURCES_MAX_COUNT }, (_, index) => index + 1);

/** The fields of one source of income, `source1` and `amount1` to the tenth. */
function sourceFields() {
  const fields = SOURCE_NUMBERS.flatMap((number) => [
    [`source${number}`, textUpTo(SOURCE_LABEL_MAX_CHARACTERS)] as const,
    [`amount${number}`, euros('positive')] as const
  ]);
  return Object.fromEntries(fields) as Record<`source${number}`, ReturnType<typeof textUpTo>> &
    Record<`amount${number}`, ReturnType<typeof euros>>;
}

/** One financial year as it is typed from the accounts. */
export const keyFiguresSchema = v.pipe(
  v.object({
    year: v.pipe(typed(), v.regex(/^(19|20)\d\d$/, 'malformed-year'), v.transform(Number)),
    jobs: whole(100_000, HUNDREDTHS),
    permanentJobs: whole(100_000, HUNDREDTHS),
    volunteers: whole(1_000_000),
    volunteerHours: whole(10_000_000),
    busiestVolunteerHours: whole(10_000_000),
    income: euros('positive'),
    charges: euros('positive'),
    nonCashCharges: euros('positive'),
    cash: euros('any'),
    equity: euros('any'),
    multiYear: euros('positive'),
    hourlyValue: euros('positive'),
    peopleReached: whole(10_000_000),
    reachedDefinition: textUpTo(REACHED_DEFINITION_MAX_CHARACTERS),
    partnerships: whole(100_000),
    boardMembers: whole(10_000),
    boardResidents: whole(10_000),
    ...sourceFields()
  }),
  v.forward(notMoreThan('permanentJobs', 'jobs'), ['permanentJobs']),
  v.forward(notMoreThan('busiestVolunteerHours', 'volunteerHours'), ['busiestVolunteerHours']),
  v.forward(notMoreThan('nonCashCharges', 'charges'), ['nonCashCharges']),
  v.forward(notMoreThan('boardResidents', 'boardMembers'), ['boardResidents']),
  v.transform(({ year, ...typedFigures }) => ({
    year,
    figures: {
      jobsHundredths: typedFigures.jobs,
      permanentJobsHundredths: typedFigures.permanentJobs,
      volunteers: typedFigures.volunteers,
      volunteerHours: typedFigures.volunteerHours,
      busiestVolunteerHours: typedFigures.busiestVolunteerHours,
      incomeCents: typedFigures.income,
      chargesCents: typedFigures.charges,
      nonCashChargesCents: typedFigures.nonCashCharges,
      cashCents: typedFigures.cash,
      equityCents: typedFigures.equity,
      multiYearCents: typedFigures.multiYear,
      hourlyValueCents: typedFigures.hourlyValue,
      peopleReached: typedFigures.peopleReached,
      reachedDefinition: typedFigures.reachedDefinition,
      partnerships: typedFigures.partnerships,
      boardMembers: typedFigures.boardMembers,
      boardResidents: typedFigures.boardResidents,
      sources: SOURCE_NUMBERS.flatMap((number) => {
        const amountCents = typedFigures[`amount${number}`];
        const label = typedFigures[`source${number}`];
        return amountCents === null || amountCents === undefined
          ? []
          : [{ label: label ?? String(number), amountCents }];
      })
    }
  }))
);
export type KeyFiguresFields = v.InferOutput<typeof keyFiguresSchema>;

/** A part is not more than its whole. */
function notMoreThan<Part extends string, Whole extends string>(part: Part, whole: Whole) {
  return v.check<Record<Part | Whole, number | null>, 'more-than-whole'>(
    (values) => values[part] === null || (values[whole] !== null && values[part] <= values[whole]),
    'more-than-whole'
  );
}
