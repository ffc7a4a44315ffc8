import type { Portrait, PortraitArea, PortraitFigure, Words } from '@terreau/features/territories/portrait.query';
import { formatLocalDate, formatNumber, formatPercent } from '#lib/formats.ts';
import { m } from '#texts/messages.js';

/** One figure of one area, in words; `missing` says why there is none. */
export interface FigureCell {
  readonly area: string;
  readonly value: string | null;
  /** The two counts behind a share. */
  readonly counts: string | null;
  readonly missing: string | null;
  readonly note: Words | null;
  /** Said where they differ from the row's. */
  readonly ownSource: string | null;
}

/** One figure of the territory and of its neighbourhoods, in the order of the map. */
export interface FigureRow {
  readonly code: string;
  readonly label: string;
  readonly definition: Words | null;
  readonly denominator: Words | null;
  readonly source: string;
  readonly sourceUrl: string | null;
  readonly asOf: string;
  readonly cells: readonly FigureCell[];
}

export interface FigureTable {
  readonly areas: readonly { readonly key: string; readonly name: string }[];
  readonly rows: readonly FigureRow[];
  /** Values shown, and cells in all: what is missing is counted. */
  readonly known: number;
  readonly expected: number;
}

/** The figures as one table: a row for each, a column for the territory and for each neighbourhood. */
export function figureTable(portrait: Portrait, territoryName: string): FigureTable {
  const areas = [
    { key: 'territory', name: territoryName, area: portrait.territory },
    ...portrait.neighbourhoods.map((area) => ({ key: area.slug ?? '', name: area.name ?? '', area }))
  ];
  const rows = codesInOrder(areas.map(({ area }) => area)).map((code) => rowOf(code, areas));
  const cells = rows.flatMap((row) => row.cells);
  return {
    areas: areas.map(({ key, name }) => ({ key, name })),
    rows,
    known: cells.filter((cell) => cell.value !== null).length,
    expected: cells.length
  };
}

function codesInOrder(areas: readonly PortraitArea[]): string[] {
  const longest = areas.toSorted((one, other) => other.figures.length - one.figures.length);
  return [...new Set(longest.flatMap((area) => area.figures.map((figure) => figure.code)))];
}

function rowOf(code: string, areas: readonly { key: string; area: PortraitArea }[]): FigureRow {
  const found = areas.map(({ key, area }) => ({ key, figure: area.figures.find((figure) => figure.code === code) }));
  const reference = found.find(({ figure }) => figure)!.figure!;
  return {
    code,
    label: reference.label,
    definition: reference.definition,
    denominator: reference.denominator,
    source: reference.source,
    sourceUrl: reference.sourceUrl,
    asOf: dateText(reference.asOf),
    cells: found.map(({ key, figure }) => cellOf(key, figure, reference))
  };
}

function cellOf(area: string, figure: PortraitFigure | undefined, reference: PortraitFigure): FigureCell {
  if (!figure)
    return { area, value: null, counts: null, missing: m.territories_missing_not_given(), note: null, ownSource: null };
  const differs = figure.source !== reference.source || figure.asOf !== reference.asOf;
  return {
    area,
    value: figure.value === null ? null : valueText(figure.value, figure.unit),
    counts: figure.counts
      ? m.territories_counts({
          part: formatNumber(figure.counts.numerator),
          whole: formatNumber(figure.counts.denominator)
        })
      : null,
    missing: figure.missingReason === null ? null : missingText(figure.missingReason),
    note: figure.missingNote,
    ownSource: differs ? `${figure.source}, ${dateText(figure.asOf)}` : null
  };
}

const UNITS: Readonly<Record<string, (inputs: { count: string }) => string>> = {
  people: m.territories_unit_people,
  'euros-per-year': m.territories_unit_euros_per_year,
  euros: m.territories_unit_euros,
  hours: m.territories_unit_hours,
  minutes: m.territories_unit_minutes,
  places: m.territories_unit_places,
  households: m.territories_unit_households
};

/** A unit that is not known here is written after the number. */
function valueText(value: number, unit: string): string {
  if (unit === 'percent') return formatPercent(value / 100);
  const count = formatNumber(value);
  if (unit === 'number') return count;
  return UNITS[unit]?.({ count }) ?? `${count} ${unit}`;
}

const MISSING: Readonly<Record<string, () => string>> = {
  'statistical-secrecy': m.territories_missing_statistical_secrecy,
  'not-collected': m.territories_missing_not_collected,
  'not-comparable': m.territories_missing_not_comparable,
  'awaiting-publication': m.territories_missing_awaiting_publication
};

export function missingText(reason: string): string {
  return (MISSING[reason] ?? m.territories_missing_not_given)();
}

/** `2021`, `2021-06` as they are; a whole date in the reader's way. */
function dateText(asOf: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? formatLocalDate(asOf) : asOf;
}
