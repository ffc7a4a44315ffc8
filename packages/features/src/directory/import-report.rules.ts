import type { ProblemReason, RowProblem } from '@terreau/formats/directory-record';
import type { Id } from '@terreau/kernel/ids';

/** What became of one row. `merged`: joined to a sheet known from elsewhere, or to an earlier row of the same file. */
export type RowOutcome = 'created' | 'updated' | 'unchanged' | 'merged' | 'protected';

/** Why a row or a value was left out: what the file's reading says, and what only the directory can know. */
export type ImportReason = ProblemReason | 'email-personal' | 'value-too-long';

export interface ImportProblem {
  /** Absent when the file has one sheet. */
  readonly sheet?: string;
  readonly row: number;
  readonly column: string;
  readonly reason: ImportReason;
}

/** Fields that a person typed and that the file would have changed. */
export interface LeftAlone {
  readonly row: number;
  readonly organizationId: Id;
  readonly fields: readonly string[];
}

/** Accounts for each row once: created + updated + unchanged + merged + protected + rejected.length = rows. */
export interface ImportReport {
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly merged: number;
  readonly protected: number;
  readonly rejected: readonly ImportProblem[];
  /** Rows that carry a position on the map. */
  readonly located: number;
  /** Values dropped or repaired in rows that were kept, at most {@link WARNINGS_MAX_COUNT}. */
  readonly warnings: readonly ImportProblem[];
  readonly warningsTotal: number;
  /** How many values for each reason, rejected rows included. */
  readonly reasons: Readonly<Partial<Record<ImportReason, number>>>;
  readonly leftAlone: readonly LeftAlone[];
}

export const WARNINGS_MAX_COUNT = 5_000;
export const LEFT_ALONE_MAX_COUNT = 5_000;

/** A row as the file's reading gave it, with the sheet that it comes from. */
export interface ReportedRow {
  readonly sheet: string | null;
  readonly row: number;
  readonly problems: readonly RowProblem[];
  readonly isLocated: boolean;
}

/** Gathers what is said of each row as the import goes. */
export class ReportBuilder {
  readonly #outcomes: Record<RowOutcome, number> = { created: 0, updated: 0, unchanged: 0, merged: 0, protected: 0 };
  readonly #rejected: ImportProblem[] = [];
  readonly #warnings: ImportProblem[] = [];
  readonly #leftAlone: LeftAlone[] = [];
  readonly #reasons: Partial<Record<ImportReason, number>> = {};
  #rows = 0;
  #located = 0;
  #warningsTotal = 0;

  /** The row was left out whole; `reason` stands for those that its reading did not give. */
  reject(row: ReportedRow, reason: ImportReason = 'required-value-missing', column = ''): void {
    this.#rows += 1;
    const given = row.problems.find((problem) => problem.severity === 'rejects-row');
    const problem = given ?? { row: row.row, column, reason };
    this.#rejected.push(placed(row, problem.column, problem.reason));
    this.#count(problem.reason);
    for (const other of row.problems) if (other !== given) this.#count(other.reason);
  }

  keep(row: ReportedRow, outcome: RowOutcome): void {
    this.#rows += 1;
    this.#outcomes[outcome] += 1;
    if (row.isLocated) this.#located += 1;
    for (const problem of row.problems) this.warn(row, problem.column, problem.reason);
  }

  warn(row: Pick<ReportedRow, 'sheet' | 'row'>, column: string, reason: ImportReason): void {
    this.#warningsTotal += 1;
    this.#count(reason);
    if (this.#warnings.length < WARNINGS_MAX_COUNT) this.#warnings.push(placed(row, column, reason));
  }

  leaveAlone(left: LeftAlone): void {
    if (this.#leftAlone.length < LEFT_ALONE_MAX_COUNT) this.#leftAlone.push(left);
  }

  finish(): ImportReport {
    return {
      rows: this.#rows,
      ...this.#outcomes,
      rejected: this.#rejected,
      located: this.#located,
      warnings: this.#warnings,
      warningsTotal: this.#warningsTotal,
      reasons: this.#reasons,
      leftAlone: this.#leftAlone
    };
  }

  #count(reason: ImportReason): void {
    this.#reasons[reason] = (this.#reasons[reason] ?? 0) + 1;
  }
}

/** Whether the import wrote nothing. */
export function changedNothing(report: ImportReport): boolean {
  return report.created + report.updated + report.merged === 0;
}

function placed(row: Pick<ReportedRow, 'sheet' | 'row'>, column: string, reason: ImportReason): ImportProblem {
  return { ...(row.sheet === null ? {} : { sheet: row.sheet }), row: row.row, column, reason };
}
