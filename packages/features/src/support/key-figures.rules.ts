import type { SettingValues } from '../territories/settings.schema.ts';

/*
 * The key figures of a structure supported, from its last accounts: what each one is, and what is worth talking about.
 * Thresholds are marks to discuss, never norms and never decisions. Whole numbers throughout: cents, hundredths of a
 * job, hours; shares are compared as fractions, and rounded only to be shown.
 */

export const FIGURE_CODES = ['K1', 'K2', 'K3', 'K4', 'K5', 'K6', 'K7', 'K8', 'K9', 'K10', 'K11', 'K12'] as const;
export type FigureCode = (typeof FIGURE_CODES)[number];

/** Where each territory sets the marks of its structures; those of the grid unless it chose others. */
export type FigureMarks = SettingValues['figure-marks'];

/** Money that may run out: these alone raise the private alert, and promise a call. */
export const ALERTING_FIGURES: ReadonlySet<FigureCode> = new Set(['K3', 'K4', 'K6', 'K7']);

const DAYS_OF_A_YEAR = 365;

export interface IncomeSource {
  readonly label: string;
  readonly amountCents: number;
}

/** What was typed of one financial year; null for what was not said. */
export interface YearOfFigures {
  readonly jobsHundredths: number | null;
  readonly permanentJobsHundredths: number | null;
  readonly volunteers: number | null;
  readonly volunteerHours: number | null;
  readonly busiestVolunteerHours: number | null;
  readonly incomeCents: number | null;
  readonly chargesCents: number | null;
  readonly nonCashChargesCents: number | null;
  readonly cashCents: number | null;
  readonly equityCents: number | null;
  readonly multiYearCents: number | null;
  readonly hourlyValueCents: number | null;
  readonly peopleReached: number | null;
  readonly reachedDefinition: string | null;
  readonly partnerships: number | null;
  readonly boardMembers: number | null;
  readonly boardResidents: number | null;
  readonly sources: readonly IncomeSource[];
}

/** How a number is to be read. `permille`s are shares; `tenths` a number with one decimal; money is in cents. */
export type FigureUnit =
  'jobs' | 'permanent-permille' | 'people' | 'hours' | 'money' | 'result' | 'permille' | 'tenths' | 'days' | 'count';

export interface KeyFigure {
  readonly code: FigureCode;
  /** Empty when what it takes was not typed. */
  readonly parts: readonly { readonly unit: FigureUnit; readonly value: number }[];
  /** Past its mark: to be talked about. */
  readonly isMarked: boolean;
}

/** The twelve figures of a year; `before`: the financial years right before it, the latest first, as far as they were typed. */
export function keyFiguresOf(year: YearOfFigures, before: readonly YearOfFigures[], marks: FigureMarks): KeyFigure[] {
  return FIGURE_CODES.map((code) => {
    const parts = PARTS[code](year);
    return { code, parts, isMarked: parts.length > 0 && isPastItsMark(code, year, before, marks) };
  });
}

/** Of years in any order, those right before `year` without a gap, the latest first. */
export function yearsBefore(
  rows: readonly { readonly year: number; readonly figures: YearOfFigures }[],
  year: number
): YearOfFigures[] {
  const before = rows.find((row) => row.year === year - 1);
  return before ? [before.figures, ...yearsBefore(rows, year - 1)] : [];
}

/** The figures that raise the private alert, in the order of the sheet. */
export function alertingFigures(figures: readonly KeyFigure[]): FigureCode[] {
  return figures.filter(({ code, isMarked }) => isMarked && ALERTING_FIGURES.has(code)).map(({ code }) => code);
}

type Parts = KeyFigure['parts'];

const PARTS: Readonly<Record<FigureCode, (year: YearOfFigures) => Parts>> = {
  K1: ({ jobsHundredths, permanentJobsHundredths }) => [
    ...part('jobs', jobsHundredths),
    ...part('permanent-permille', permille(permanentJobsHundredths, jobsHundredths))
  ],
  K2: ({ volunteers, volunteerHours }) => [...part('people', volunteers), ...part('hours', volunteerHours)],
  K3: (year) => [...part('money', year.incomeCents), ...part('result', resultOf(year))],
  K4: (year) => part('permille', permille(largestSource(year), year.incomeCents)),
  K5: (year) => part('tenths', effectiveSourcesTenths(sourcesOf(year))),
  K6: (year) => part('days', cashDaysOf(year)),
  K7: ({ equityCents, chargesCents }) => part('permille', permille(equityCents, chargesCents)),
  K8: ({ multiYearCents, incomeCents }) => part('permille', permille(multiYearCents, incomeCents)),
  K9: ({ volunteerHours, hourlyValueCents }) => part('money', times(volunteerHours, hourlyValueCents)),
  K10: ({ peopleReached }) => part('people', peopleReached),
  K11: ({ partnerships }) => part('count', partnerships),
  K12: ({ boardResidents, boardMembers }) => part('permille', permille(boardResidents, boardMembers))
};

function isPastItsMark(
  code: FigureCode,
  year: YearOfFigures,
  before: readonly YearOfFigures[],
  marks: FigureMarks
): boolean {
  const [last] = before;
  switch (code) {
    case 'K1':
      return isAbove(minus(last?.jobsHundredths, year.jobsHundredths), last?.jobsHundredths, marks.jobsDropPercent);
    case 'K2':
      return isAbove(year.busiestVolunteerHours, year.volunteerHours, marks.busiestVolunteerPercent);
    case 'K3':
      return areDeficits([year, ...before].slice(0, marks.deficitsInARow), marks.deficitsInARow);
    case 'K4':
      return isAbove(largestSource(year), year.incomeCents, marks.firstSourcePercent);
    case 'K5':
      return isConcentrated(sourcesOf(year), marks.effectiveSources);
    case 'K6':
      return year.cashCents! * DAYS_OF_A_YEAR < marks.cashDays * cashChargesOf(year)!;
    case 'K7':
      return year.equityCents! * 100 < marks.equityPercent * year.chargesCents!;
    case 'K8':
      return isAtMost(year.multiYearCents, year.incomeCents, marks.multiYearPercent);
    case 'K9':
      return false;
    case 'K10':
      return isOtherDefinition(last?.reachedDefinition, year.reachedDefinition);
    case 'K11':
      return year.partnerships! <= marks.partnerships;
    case 'K12':
      return isAtMost(year.boardResidents, year.boardMembers, marks.boardResidentsPercent);
  }
}

function part(unit: FigureUnit, value: number | null): Parts {
  return value === null ? [] : [{ unit, value }];
}

function permille(share: number | null, of: number | null): number | null {
  return share === null || of === null || of <= 0 ? null : Math.round((share * 1000) / of);
}

function times(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a * b;
}

function minus(a: number | null | undefined, b: number | null): number | null {
  return a === null || a === undefined || b === null ? null : a - b;
}

function isAbove(share: number | null, of: number | null | undefined, percent: number): boolean {
  return share !== null && of !== null && of !== undefined && of > 0 && share * 100 > percent * of;
}

function isAtMost(share: number | null, of: number | null, percent: number): boolean {
  return share !== null && of !== null && share * 100 <= percent * of;
}

/** As many years as that, each of which lost money. */
function areDeficits(years: readonly YearOfFigures[], count: number): boolean {
  return years.length === count && years.every((year) => (resultOf(year) ?? 0) < 0);
}

function resultOf({ incomeCents, chargesCents }: YearOfFigures): number | null {
  return minus(incomeCents, chargesCents);
}

/** Charges that are paid out: depreciation and provisions cost no cash. */
function cashChargesOf({ chargesCents, nonCashChargesCents }: YearOfFigures): number | null {
  return chargesCents === null ? null : chargesCents - (nonCashChargesCents ?? 0);
}

function cashDaysOf(year: YearOfFigures): number | null {
  const charges = cashChargesOf(year);
  if (year.cashCents === null || charges === null || charges <= 0) return null;
  return Math.floor((year.cashCents * DAYS_OF_A_YEAR) / charges);
}

function largestSource({ sources }: YearOfFigures): number | null {
  return sources.length === 0 ? null : Math.max(...sources.map((source) => source.amountCents));
}

/** Each source, and what was named by nobody as one more: sources are never made to look more spread than they are. */
function sourcesOf({ sources, incomeCents }: YearOfFigures): bigint[] {
  const named = sources.map((source) => BigInt(source.amountCents));
  if (named.length === 0 || incomeCents === null) return [];
  const rest = BigInt(incomeCents) - sum(named);
  return [...named, ...(rest > 0n ? [rest] : [])].filter((amount) => amount > 0n);
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

/** 1/HHI, the inverse of the sum of squared shares, in tenths. */
function effectiveSourcesTenths(amounts: readonly bigint[]): number | null {
  if (amounts.length === 0) return null;
  const total = sum(amounts);
  const squares = sum(amounts.map((amount) => amount * amount));
  return Number((10n * total * total * 2n + squares) / (2n * squares));
}

function isConcentrated(amounts: readonly bigint[], least: number): boolean {
  const total = sum(amounts);
  return total * total < BigInt(least) * sum(amounts.map((amount) => amount * amount));
}

/** N and N+2 compare like with like only if the same people are counted. */
function isOtherDefinition(before: string | null | undefined, now: string | null): boolean {
  const plain = (text: string) => text.trim().toLowerCase().replace(/\s+/g, ' ');
  return Boolean(before) && Boolean(now) && plain(before!) !== plain(now!);
}
