import type { FigureCode, FigureUnit, KeyFigure } from '@terreau/features/support/key-figures.rules';
import { formatEuros, formatNumber, formatPercent } from '#lib/formats.ts';
import { m } from '#texts/messages.js';

/* Key figures in the language of the page: what each is called, means, where it is found, and how its numbers are written. */

interface FigureWords {
  readonly name: () => string;
  readonly definition: () => string;
  readonly where: () => string;
  readonly mark: () => string;
}

const WORDS: Readonly<Record<FigureCode, FigureWords>> = {
  K1: {
    name: m.support_figures_k1,
    definition: m.support_figures_k1_definition,
    where: m.support_figures_k1_where,
    mark: m.support_figures_k1_mark
  },
  K2: {
    name: m.support_figures_k2,
    definition: m.support_figures_k2_definition,
    where: m.support_figures_k2_where,
    mark: m.support_figures_k2_mark
  },
  K3: {
    name: m.support_figures_k3,
    definition: m.support_figures_k3_definition,
    where: m.support_figures_k3_where,
    mark: m.support_figures_k3_mark
  },
  K4: {
    name: m.support_figures_k4,
    definition: m.support_figures_k4_definition,
    where: m.support_figures_k4_where,
    mark: m.support_figures_k4_mark
  },
  K5: {
    name: m.support_figures_k5,
    definition: m.support_figures_k5_definition,
    where: m.support_figures_k5_where,
    mark: m.support_figures_k5_mark
  },
  K6: {
    name: m.support_figures_k6,
    definition: m.support_figures_k6_definition,
    where: m.support_figures_k6_where,
    mark: m.support_figures_k6_mark
  },
  K7: {
    name: m.support_figures_k7,
    definition: m.support_figures_k7_definition,
    where: m.support_figures_k7_where,
    mark: m.support_figures_k7_mark
  },
  K8: {
    name: m.support_figures_k8,
    definition: m.support_figures_k8_definition,
    where: m.support_figures_k8_where,
    mark: m.support_figures_k8_mark
  },
  K9: {
    name: m.support_figures_k9,
    definition: m.support_figures_k9_definition,
    where: m.support_figures_k9_where,
    mark: m.support_figures_k9_mark
  },
  K10: {
    name: m.support_figures_k10,
    definition: m.support_figures_k10_definition,
    where: m.support_figures_k10_where,
    mark: m.support_figures_k10_mark
  },
  K11: {
    name: m.support_figures_k11,
    definition: m.support_figures_k11_definition,
    where: m.support_figures_k11_where,
    mark: m.support_figures_k11_mark
  },
  K12: {
    name: m.support_figures_k12,
    definition: m.support_figures_k12_definition,
    where: m.support_figures_k12_where,
    mark: m.support_figures_k12_mark
  }
};

export function figureInWords(code: FigureCode) {
  const { name, definition, where, mark } = WORDS[code];
  return { code, name: name(), definition: definition(), where: where(), mark: mark() };
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
