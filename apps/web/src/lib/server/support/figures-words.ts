import {
  ALERTING_FIGURES,
  type FigureCode,
  type FigureMarks,
  type FigureUnit,
  type KeyFigure
} from '@terreau/features/support/key-figures.rules';
import { formatEuros, formatNumber, formatPercent } from '#lib/formats.ts';
import { m } from '#texts/messages.js';

/* Key figures in the language of the page: what each is called, means, where it is found, and how its numbers are written. */

interface FigureWords {
  readonly name: () => string;
  readonly definition: () => string;
  readonly where: () => string;
}

const WORDS: Readonly<Record<FigureCode, FigureWords>> = {
  K1: {
    name: m.support_figures_k1,
    definition: m.support_figures_k1_definition,
    where: m.support_figures_k1_where
  },
  K2: {
    name: m.support_figures_k2,
    definition: m.support_figures_k2_definition,
    where: m.support_figures_k2_where
  },
  K3: {
    name: m.support_figures_k3,
    definition: m.support_figures_k3_definition,
    where: m.support_figures_k3_where
  },
  K4: {
    name: m.support_figures_k4,
    definition: m.support_figures_k4_definition,
    where: m.support_figures_k4_where
  },
  K5: {
    name: m.support_figures_k5,
    definition: m.support_figures_k5_definition,
    where: m.support_figures_k5_where
  },
  K6: {
    name: m.support_figures_k6,
    definition: m.support_figures_k6_definition,
    where: m.support_figures_k6_where
  },
  K7: {
    name: m.support_figures_k7,
    definition: m.support_figures_k7_definition,
    where: m.support_figures_k7_where
  },
  K8: {
    name: m.support_figures_k8,
    definition: m.support_figures_k8_definition,
    where: m.support_figures_k8_where
  },
  K9: {
    name: m.support_figures_k9,
    definition: m.support_figures_k9_definition,
    where: m.support_figures_k9_where
  },
  K10: {
    name: m.support_figures_k10,
    definition: m.support_figures_k10_definition,
    where: m.support_figures_k10_where
  },
  K11: {
    name: m.support_figures_k11,
    definition: m.support_figures_k11_definition,
    where: m.support_figures_k11_where
  },
  K12: {
    name: m.support_figures_k12,
    definition: m.support_figures_k12_definition,
    where: m.support_figures_k12_where
  }
};

export function figureInWords(code: FigureCode) {
  const { name, definition, where } = WORDS[code];
  return { code, name: name(), definition: definition(), where: where() };
}

const percent = (value: number) => formatPercent(value / 100);
const atMost = (value: number, text: string) => (value === 0 ? text : m.support_marks_at_most({ value: text }));

const MARKS: Readonly<Record<FigureCode, ((marks: FigureMarks) => string) | null>> = {
  K1: ({ jobsDropPercent }) => m.support_marks_jobs({ value: percent(jobsDropPercent) }),
  K2: ({ busiestVolunteerPercent }) => m.support_marks_volunteer({ value: percent(busiestVolunteerPercent) }),
  K3: ({ deficitsInARow }) => m.support_marks_deficits({ count: deficitsInARow }),
  K4: ({ firstSourcePercent }) => m.support_marks_above({ value: percent(firstSourcePercent) }),
  K5: ({ effectiveSources }) => m.support_marks_below({ value: formatNumber(effectiveSources) }),
  K6: ({ cashDays }) => m.support_marks_below({ value: m.support_figures_u_days({ value: formatNumber(cashDays) }) }),
  K7: ({ equityPercent }) => m.support_marks_below({ value: percent(equityPercent) }),
  K8: ({ multiYearPercent }) => atMost(multiYearPercent, percent(multiYearPercent)),
  K9: null,
  K10: () => m.support_marks_definition(),
  K11: ({ partnerships }) => atMost(partnerships, formatNumber(partnerships)),
  K12: ({ boardResidentsPercent }) => atMost(boardResidentsPercent, percent(boardResidentsPercent))
};

/** From where a figure is talked about, and what follows; null for the one that has no mark. */
export function markInWords(code: FigureCode, marks: FigureMarks) {
  const mark = MARKS[code]?.(marks);
  if (mark === undefined) return null;
  return { text: mark, means: ALERTING_FIGURES.has(code) ? m.support_marks_alert() : m.support_figures_discuss() };
}

const UNITS: Readonly<Record<FigureUnit, (value: number) => string>> = {
  jobs: (value) => m.support_figures_u_jobs({ value: formatNumber(value / 100) }),
  'permanent-permille': (value) => m.support_figures_u_permanent({ value: formatPercent(value / 1000) }),
  people: (value) => m.support_figures_u_people({ value: formatNumber(value) }),
  hours: (value) => m.support_figures_u_hours({ value: formatNumber(value) }),
  money: formatEuros,
  result: (value) => m.support_figures_u_result({ value: formatEuros(value) }),
  permille: (value) => formatPercent(value / 1000),
  tenths: (value) => formatNumber(value / 10),
  days: (value) => m.support_figures_u_days({ value: formatNumber(value) }),
  count: formatNumber
};

/** « 3,5 ETP · 60 % en CDI »; null when it was not said. */
export function valueInWords({ parts }: KeyFigure): string | null {
  return parts.length === 0 ? null : parts.map(({ unit, value }) => UNITS[unit](value)).join(' · ');
}
