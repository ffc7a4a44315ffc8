import type { Id } from '@terreau/kernel/ids';
import { readFields, type DirectoryProblem } from '../directory/directory.schema.ts';
import type { SupportFileRow } from './support-presets.rules.ts';
import { same } from './support-templates.rules.ts';
import { supportSchema, type SupportField, type SupportFields } from './support.schema.ts';

/** A sheet that already stands for an identifier of this source. */
export interface KnownSupport {
  readonly id: Id;
  readonly fields: SupportFields;
  /** What the last file gave; null: it was written here, and the file speaks for it (our own export, corrected). */
  readonly imported: Partial<SupportFields> | null;
  readonly checkedOn: string | null;
}

/** `repeated`: the identifier of a row above; `left`: whether the row is left out, or kept without this value. */
export interface RowProblem {
  readonly row: number;
  readonly field: string;
  readonly problem: DirectoryProblem | 'repeated';
  readonly left: boolean;
}

export interface PlannedRow {
  readonly sourceId: string;
  /** Null: a new sheet. */
  readonly id: Id | null;
  readonly changes: Partial<SupportFields>;
  /** All that the file gives, remembered for the next one. */
  readonly given: SupportFields;
  readonly checkedOn: string | null;
}

/** rows = created + updated + unchanged + followed + rejected. */
export interface SupportImportReport {
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows of sheets that follow the directory, and come with it. */
  readonly followed: number;
  readonly rejected: number;
  /** Fields changed by hand here, which the file does not touch. */
  readonly protected: number;
  /** Sheets of this source that the file no longer holds: they stay. */
  readonly missing: number;
  readonly problems: readonly RowProblem[];
  readonly problemsTotal: number;
}

export const SHOWN_PROBLEMS_MAX_COUNT = 200;
/** Without these a row is no sheet; any other field that cannot be read is left empty, and said. */
const NEEDED: ReadonlySet<string> = new Set(['kind', 'title']);

/** What a file would do to the sheets that stand: pure, so that the preview and the import cannot differ. */
export function planSupportImport(
  rows: readonly SupportFileRow[],
  known: ReadonlyMap<string, KnownSupport>,
  defaults: { readonly trueOn: string | null; readonly neighbourhoods: ReadonlyMap<string, Id> }
): { readonly planned: readonly PlannedRow[]; readonly report: SupportImportReport } {
  const problems: RowProblem[] = [];
  const planned: PlannedRow[] = [];
  const seen = new Set<string>();
  const counts = { created: 0, updated: 0, unchanged: 0, followed: 0, rejected: 0, protected: 0 };
  for (const row of rows) {
    if (row.isFollowed) {
      counts.followed += 1;
      continue;
    }
    const fields = seen.has(row.sourceId) ? null : readRow(row, defaults.neighbourhoods, problems);
    if (seen.has(row.sourceId)) problems.push({ row: row.row, field: 'sourceId', problem: 'repeated', left: true });
    seen.add(row.sourceId);
    if (!fields) {
      counts.rejected += 1;
      continue;
    }
    const checkedOn = row.checkedOn ?? defaults.trueOn;
    const standing = known.get(row.sourceId);
    if (!standing) {
      counts.created += 1;
      planned.push({ sourceId: row.sourceId, id: null, changes: fields, given: fields, checkedOn });
      continue;
    }
    const { changes, kept } = changesOf(fields, standing);
    const isChecked = checkedOn !== null && (standing.checkedOn === null || checkedOn > standing.checkedOn);
    counts.protected += kept;
    if (Object.keys(changes).length === 0 && !isChecked) counts.unchanged += 1;
    else {
      counts.updated += 1;
      planned.push({
        sourceId: row.sourceId,
        id: standing.id,
        changes,
        given: fields,
        checkedOn: isChecked ? checkedOn : standing.checkedOn
      });
    }
  }
  const missing = [...known].filter(([sourceId, { imported }]) => imported !== null && !seen.has(sourceId)).length;
  return {
    planned,
    report: {
      rows: rows.length,
      ...counts,
      missing,
      problems: problems.slice(0, SHOWN_PROBLEMS_MAX_COUNT),
      problemsTotal: problems.length
    }
  };
}

/** The fields of a row; what cannot be read is left empty and said, unless the row is nothing without it. */
function readRow(
  row: SupportFileRow,
  neighbourhoods: ReadonlyMap<string, Id>,
  problems: RowProblem[]
): SupportFields | null {
  const typed: Record<string, string | string[]> = { ...row.typed };
  const named = typed['neighbourhoodId'];
  if (typeof named === 'string' && named !== '') typed['neighbourhoodId'] = neighbourhoods.get(named.trim()) ?? '';
  // A field put right may uncover another: as many readings as there are fields, at most.
  for (let reading = Object.keys(typed).length; reading >= 0; reading -= 1) {
    const read = readFields(supportSchema, typed);
    if (read.ok) return read.value;
    const wrong = Object.entries(read.problems);
    const left = wrong.some(([field]) => NEEDED.has(field));
    problems.push(...wrong.map(([field, problem]) => ({ row: row.row, field, problem, left })));
    if (left) return null;
    for (const [field] of wrong) {
      delete typed[field];
      if (field === 'radiusKm' || field === 'scopeKind') delete typed['scopeKind'];
    }
  }
  return null;
}

/** What the file changes: only fields that still hold what the former file gave. */
function changesOf(given: SupportFields, standing: KnownSupport): { changes: Partial<SupportFields>; kept: number } {
  const changes: Record<string, unknown> = {};
  let kept = 0;
  for (const field of Object.keys(given) as SupportField[]) {
    if (same(given[field], standing.fields[field])) continue;
    const former = standing.imported ? standing.imported[field] : standing.fields[field];
    if (same(former, standing.fields[field])) changes[field] = given[field];
    else if (!same(former, given[field])) kept += 1;
  }
  return { changes, kept };
}
