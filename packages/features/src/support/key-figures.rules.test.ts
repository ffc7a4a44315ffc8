import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../territories/settings.schema.ts';
import {
  alertingFigures,
  keyFiguresOf,
  yearsBefore,
  type FigureCode,
  type FigureMarks,
  type YearOfFigures
} from './key-figures.rules.ts';

const NOTHING: YearOfFigures = {
  jobsHundredths: null,
  permanentJobsHundredths: null,
  volunteers: null,
  volunteerHours: null,
  busiestVolunteerHours: null,
  incomeCents: null,
  chargesCents: null,
  nonCashChargesCents: null,
  cashCents: null,
  equityCents: null,
  multiYearCents: null,
  hourlyValueCents: null,
  peopleReached: null,
  reachedDefinition: null,
  partnerships: null,
  boardMembers: null,
  boardResidents: null,
  sources: []
};

const source = (amountCents: number) => ({ label: 'Source', amountCents });
const MARKS = DEFAULT_SETTINGS['figure-marks'];
const of = (typed: Partial<YearOfFigures>, before: Partial<YearOfFigures> | null = null, marks = MARKS) =>
  keyFiguresOf({ ...NOTHING, ...typed }, before ? [{ ...NOTHING, ...before }] : [], marks);
const figure = (code: FigureCode, typed: Partial<YearOfFigures>, before: Partial<YearOfFigures> | null = null) =>
  of(typed, before).find((one) => one.code === code)!;
const marked = (typed: Partial<YearOfFigures>, before: Partial<YearOfFigures> | null = null) =>
  of(typed, before)
    .filter(({ isMarked }) => isMarked)
    .map(({ code }) => code);

test('nothing typed: no figure, no mark, no alert', () => {
  expect(of({}).every(({ parts, isMarked }) => parts.length === 0 && !isMarked)).toBe(true);
  expect(of({})).toHaveLength(12);
});

test('each mark is passed by one cent, one day or one person more, and not before', () => {
  expect(marked({ incomeCents: 1000, sources: [source(600), source(200), source(200)] })).toEqual([]);
  expect(marked({ incomeCents: 1000, sources: [source(601), source(200), source(199)] })).toEqual(['K4']);
  // Thirty days of charges of 365 a year are 30.
  expect(marked({ chargesCents: 365, cashCents: 30 })).toEqual([]);
  expect(marked({ chargesCents: 365, cashCents: 29 })).toEqual(['K6']);
  expect(marked({ chargesCents: 465, nonCashChargesCents: 100, cashCents: 30 })).toEqual([]);
  expect(marked({ jobsHundredths: 75 }, { jobsHundredths: 100 })).toEqual([]);
  expect(marked({ jobsHundredths: 74 }, { jobsHundredths: 100 })).toEqual(['K1']);
  expect(marked({ volunteerHours: 100, busiestVolunteerHours: 50 })).toEqual([]);
  expect(marked({ volunteerHours: 100, busiestVolunteerHours: 51 })).toEqual(['K2']);
  expect(marked({ partnerships: 0, boardMembers: 5, boardResidents: 0 })).toEqual(['K11', 'K12']);
  expect(marked({ incomeCents: 100, multiYearCents: 0 })).toEqual(['K8']);
});

test('each territory sets its marks: a figure is to be talked about past the one that it chose, and not before', () => {
  const at = (
    marks: Partial<FigureMarks>,
    typed: Partial<YearOfFigures>,
    before: Partial<YearOfFigures> | null = null
  ) =>
    of(typed, before, { ...MARKS, ...marks })
      .filter(({ isMarked }) => isMarked)
      .map(({ code }) => code);
  const dependent = { incomeCents: 1000, sources: [source(720), source(280)] };
  expect(at({ effectiveSources: 1 }, dependent)).toEqual(['K4']);
  expect(at({ effectiveSources: 1, firstSourcePercent: 72 }, dependent)).toEqual([]);
  expect(at({ cashDays: 90 }, { chargesCents: 365, cashCents: 89 })).toEqual(['K6']);
  expect(at({ cashDays: 90 }, { chargesCents: 365, cashCents: 90 })).toEqual([]);
  expect(at({ jobsDropPercent: 10 }, { jobsHundredths: 89 }, { jobsHundredths: 100 })).toEqual(['K1']);
  expect(at({ busiestVolunteerPercent: 60 }, { volunteerHours: 100, busiestVolunteerHours: 60 })).toEqual([]);
  expect(at({ equityPercent: 10 }, { chargesCents: 1000, equityCents: 99 })).toEqual(['K7']);
  expect(at({ equityPercent: 10 }, { chargesCents: 1000, equityCents: 100 })).toEqual([]);
  expect(at({ multiYearPercent: 20 }, { incomeCents: 1000, multiYearCents: 200 })).toEqual(['K8']);
  expect(at({ partnerships: 2 }, { partnerships: 2 })).toEqual(['K11']);
  expect(at({ boardResidentsPercent: 25 }, { boardMembers: 8, boardResidents: 2 })).toEqual(['K12']);
  expect(at({ deficitsInARow: 1 }, { incomeCents: 1, chargesCents: 2 })).toEqual(['K3']);
});

test('deficits are in a row only if no year between them is missing', () => {
  const lost = { ...NOTHING, incomeCents: 1, chargesCents: 2 };
  const years = (...typed: number[]) =>
    yearsBefore(
      typed.map((year) => ({ year, figures: lost })),
      2025
    );
  const marks = { ...MARKS, deficitsInARow: 3 };
  const isMarked = (before: YearOfFigures[]) =>
    keyFiguresOf(lost, before, marks).find(({ code }) => code === 'K3')!.isMarked;
  expect(isMarked(years(2024, 2023))).toBe(true);
  expect(isMarked(years(2024, 2022))).toBe(false);
  expect(isMarked(years(2024))).toBe(false);
});

test('the effective number of sources is the inverse of the sum of squared shares; what nobody named is one more', () => {
  const halves = { incomeCents: 1000, sources: [source(500), source(500)] };
  expect(figure('K5', halves)).toMatchObject({ parts: [{ unit: 'tenths', value: 20 }], isMarked: false });
  expect(figure('K5', { incomeCents: 1000, sources: [source(500)] }).parts).toEqual([{ unit: 'tenths', value: 20 }]);
  expect(figure('K5', { incomeCents: 1000, sources: [source(1000)] })).toMatchObject({
    parts: [{ value: 10 }],
    isMarked: true
  });
});

test('people who are counted by another definition are to be talked about; the same words, however spaced, are not', () => {
  const before = { reachedDefinition: 'Habitants venus  une fois' };
  expect(marked({ peopleReached: 1, reachedDefinition: 'habitants venus une fois ' }, before)).toEqual([]);
  expect(marked({ peopleReached: 1, reachedDefinition: 'Adhérents' }, before)).toEqual(['K10']);
});

test('only money that may run out raises the private alert', () => {
  const all = of(
    {
      incomeCents: 100,
      chargesCents: 101,
      cashCents: 0,
      equityCents: -1,
      multiYearCents: 0,
      sources: [source(100)],
      partnerships: 0
    },
    { incomeCents: 1, chargesCents: 2 }
  );
  expect(alertingFigures(all)).toEqual(['K3', 'K4', 'K6', 'K7']);
});
