import type { PartAnalysis } from '@terreau/features/directory/import-analysis.rules';
import type { ImportReason, ImportReport } from '@terreau/features/directory/import-report.rules';
import type { ImportRun } from '@terreau/features/directory/import-runs.query';
import { FIELDS, type ColumnMapping, type Field } from '@terreau/formats/fields';
import { PRESETS, presetNamed } from '@terreau/formats/presets';
import { currentLanguage } from '#lib/languages.ts';
import { fieldText, MAPPED_FIELD_TEXTS, REASON_TEXTS, RUN_STATE_TEXTS, TOLD_TEXTS } from './words.ts';

/** A run as its page shows it: every code in words. */
export function shownRun(run: ImportRun) {
  return {
    id: run.id,
    fileName: run.fileName,
    source: run.source,
    state: run.state,
    stateText: RUN_STATE_TEXTS[run.state](),
    rows: run.rows,
    rowsDone: run.rowsDone,
    createdAt: run.createdAt,
    preset: run.preset,
    analysis: run.analysis && {
      ...run.analysis,
      parts: run.analysis.parts.map(shownPart),
      problems: run.analysis.problems.map((problem) => ({ ...problem, text: REASON_TEXTS[problem.reason]() }))
    },
    report: run.report && shownReport(run.report)
  };
}

export type ShownRun = ReturnType<typeof shownRun>;

function shownPart(part: PartAnalysis) {
  const fields = Object.entries(part.mapping) as [Field, readonly string[]][];
  const byColumn = new Map(fields.flatMap(([field, columns]) => columns.map((column) => [column, field] as const)));
  return {
    ...part,
    presetLabel: presetLabel(part.preset),
    told: part.warnings.slice(0, SHOWN_MAX_COUNT).map(({ code, detail }) => TOLD_TEXTS[code]({ detail })),
    // Services' own columns come with their presets, and are not chosen one by one.
    canBeMapped:
      part.canBeMapped && fields.every(([field]) => field in MAPPED_FIELD_TEXTS || !field.startsWith('service.')),
    columnFields: part.columns.map((column) => ({
      column,
      field: byColumn.get(column) ?? '',
      isUnsure: part.unsure.includes(column)
    }))
  };
}

/** Problems shown on the page; the file of the report holds them all. */
const SHOWN_MAX_COUNT = 100;

function shownReport(report: ImportReport) {
  const inWords = (problem: ImportReport['rejected'][number]) => ({ ...problem, text: REASON_TEXTS[problem.reason]() });
  return {
    ...report,
    rejectedCount: report.rejected.length,
    rejected: report.rejected.slice(0, SHOWN_MAX_COUNT).map(inWords),
    warnings: report.warnings.slice(0, SHOWN_MAX_COUNT).map(inWords),
    reasons: (Object.entries(report.reasons) as [ImportReason, number][]).map(([reason, count]) => ({
      text: REASON_TEXTS[reason](),
      count
    })),
    leftAlone: report.leftAlone
      .slice(0, SHOWN_MAX_COUNT)
      .map((left) => ({ ...left, fields: left.fields.map(fieldText) }))
  };
}

export function fieldOptions() {
  return Object.entries(MAPPED_FIELD_TEXTS).map(([value, text]) => ({ value, label: text!() }));
}

export function presetOptions() {
  return PRESETS.map((preset) => ({ value: preset.name, label: presetLabel(preset.name) }));
}

function presetLabel(name: string): string {
  const preset = presetNamed(name);
  if (!preset) return name;
  return currentLanguage() === 'en' ? preset.labelEn : preset.label;
}

/** `column-3=postcode` of the form, as a mapping; columns without a field are left out. */
export function mappingIn(form: FormData, columns: readonly string[]): ColumnMapping {
  const chosen: Partial<Record<Field, string[]>> = {};
  columns.forEach((column, index) => {
    const field = String(form.get(`column-${index}`) ?? '');
    if (field in FIELDS) (chosen[field as Field] ??= []).push(column);
  });
  return { columns: chosen };
}
