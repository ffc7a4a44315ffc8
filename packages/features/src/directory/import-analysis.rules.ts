import type { Field } from '@terreau/formats/fields';
import { guessMapping } from '@terreau/formats/guess-mapping';
import type { TableWarning } from '@terreau/formats/read-table';
import type { FilePart } from './import-file.ts';
import type { ImportProblem, ImportReason } from './import-report.rules.ts';

/** What was understood of a file before anything is written. */
export interface ImportAnalysis {
  readonly rows: number;
  /** Rows that can be imported, and those with a position. */
  readonly readable: number;
  readonly located: number;
  readonly parts: readonly PartAnalysis[];
  /** At most {@link PROBLEMS_SHOWN_MAX_COUNT}; `reasons` counts them all. */
  readonly problems: readonly AnalysedProblem[];
  readonly problemsTotal: number;
  readonly reasons: Readonly<Partial<Record<ImportReason, number>>>;
}

export interface PartAnalysis {
  readonly sheet: string | null;
  readonly preset: string;
  readonly columns: readonly string[];
  readonly mapping: Readonly<Partial<Record<Field, readonly string[]>>>;
  /** Columns that the guess is not sure of. */
  readonly unsure: readonly string[];
  /** Columns that nothing uses. */
  readonly unused: readonly string[];
  /** First rows as they will be read. */
  readonly preview: readonly PreviewRow[];
  /** What was seen of the table as a whole. */
  readonly warnings: readonly TableWarning[];
  /** Whether the columns can be chosen by hand; our own export has none to choose. */
  readonly canBeMapped: boolean;
}

export interface PreviewRow {
  readonly row: number;
  /** Null when the row is left out. */
  readonly name: string | null;
  readonly acronym: string | null;
  readonly identifier: string | null;
  readonly address: string | null;
  readonly contact: string | null;
  readonly words: readonly string[];
  readonly services: readonly string[];
  readonly isLocated: boolean;
}

export interface AnalysedProblem extends ImportProblem {
  readonly value: string;
  readonly isRejected: boolean;
}

export const PREVIEW_MAX_ROWS = 20;
export const PROBLEMS_SHOWN_MAX_COUNT = 200;

export function analyse(parts: readonly FilePart[]): ImportAnalysis {
  const rows = parts.flatMap((part) => part.rows);
  const reasons: Partial<Record<ImportReason, number>> = {};
  const problems: AnalysedProblem[] = [];
  let problemsTotal = 0;
  for (const part of parts) {
    for (const problem of part.rows.flatMap((row) => row.problems)) {
      problemsTotal += 1;
      reasons[problem.reason] = (reasons[problem.reason] ?? 0) + 1;
      if (problems.length < PROBLEMS_SHOWN_MAX_COUNT) {
        const { row, column, reason, value } = problem;
        const isRejected = problem.severity === 'rejects-row';
        problems.push({
          ...(part.sheet === null ? {} : { sheet: part.sheet }),
          row,
          column,
          reason,
          value,
          isRejected
        });
      }
    }
  }
  return {
    rows: rows.length,
    readable: rows.filter((row) => row.record !== null).length,
    located: rows.filter((row) => row.record?.places.some((place) => place.latitude !== null)).length,
    parts: parts.map(analysePart),
    problems,
    problemsTotal,
    reasons
  };
}

function analysePart(part: FilePart): PartAnalysis {
  const guesses = part.preset.signature.length === 0 ? guessMapping(part.table).guesses : [];
  const used = new Set(Object.values(part.mapping.columns).flat());
  return {
    sheet: part.sheet,
    preset: part.preset.name,
    columns: part.table.columns,
    mapping: part.mapping.columns,
    unsure: guesses.filter((guess) => guess.percent < 60).map((guess) => guess.column),
    unused: part.preset.readWhole ? [] : part.table.columns.filter((column) => !used.has(column)),
    preview: part.rows.slice(0, PREVIEW_MAX_ROWS).map(previewRow),
    warnings: part.table.warnings,
    canBeMapped: part.preset.readWhole === undefined
  };
}

function previewRow({ row, record }: FilePart['rows'][number]): PreviewRow {
  const organization = record?.organization.kind === 'organization' ? record.organization : null;
  const [place] = record?.places ?? [];
  return {
    row,
    name: organization?.name ?? record?.services[0]?.name ?? record?.places[0]?.label ?? null,
    acronym: organization?.acronym ?? null,
    identifier: organization?.siret ?? organization?.rna ?? null,
    address: [place?.address, place?.postcode, place?.city].filter(Boolean).join(' ') || null,
    contact: organization?.phone ?? organization?.email ?? organization?.website ?? null,
    words: organization?.words ?? [],
    services: record?.services.map((service) => service.name) ?? [],
    isLocated: place?.latitude != null
  };
}
