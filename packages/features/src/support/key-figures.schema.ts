import { readText } from '@terreau/formats/cells';
import { parseEuros } from '@terreau/kernel/money';
import * as v from 'valibot';
import { textUpTo } from './dossier.schema.ts';

const SOURCE_LABEL_MAX_CHARACTERS = 80;
const REACHED_DEFINITION_MAX_CHARACTERS = 300;
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

const source = textUpTo(SOURCE_LABEL_MAX_CHARACTERS);
const amount = euros('positive');
const SOURCE_NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

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
    source1: source,
    amount1: amount,
    source2: source,
    amount2: amount,
    source3: source,
    amount3: amount,
    source4: source,
    amount4: amount,
    source5: source,
    amount5: amount,
    source6: source,
    amount6: amount,
    source7: source,
    amount7: amount,
    source8: source,
    amount8: amount,
    source9: source,
    amount9: amount,
    source10: source,
    amount10: amount
  }),
  v.forward(
    v.check(({ permanentJobs, jobs }) => isPartOf(permanentJobs, jobs), 'more-than-whole'),
    ['permanentJobs']
  ),
  v.forward(
    v.check(
      ({ busiestVolunteerHours, volunteerHours }) => isPartOf(busiestVolunteerHours, volunteerHours),
      'more-than-whole'
    ),
    ['busiestVolunteerHours']
  ),
  v.forward(
    v.check(({ nonCashCharges, charges }) => isPartOf(nonCashCharges, charges), 'more-than-whole'),
    ['nonCashCharges']
  ),
  v.forward(
    v.check(({ boardResidents, boardMembers }) => isPartOf(boardResidents, boardMembers), 'more-than-whole'),
    ['boardResidents']
  ),
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
/** A part is not more than its whole. */
function isPartOf(part: number | null, all: number | null): boolean {
  return part === null || (all !== null && part <= all);
}
