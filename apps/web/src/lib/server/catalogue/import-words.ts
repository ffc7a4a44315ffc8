import { SUPPORT_COLUMNS } from '@terreau/features/orientation/support-columns.rules';
import type { RowProblem } from '@terreau/features/orientation/support-import.rules';
import type { ListedSupportImport } from '@terreau/features/orientation/support-imports.query';
import type { SupportMapping, SupportPreset } from '@terreau/features/orientation/support-presets.rules';
import { problemsInWords } from '#lib/server/directory/words.ts';
import { m } from '#texts/messages.js';
import { supportFieldName } from './words.ts';

export const IMPORT_STATE_WORDS: Readonly<Record<ListedSupportImport['state'], () => string>> = {
  prepared: m.catalogue_import_state_prepared,
  done: m.catalogue_import_state_done,
  cancelled: m.catalogue_import_state_cancelled
};

export const PRESET_WORDS: Readonly<Record<SupportPreset, () => string>> = {
  'aides-jeunes': m.catalogue_preset_aides_jeunes,
  'service-public': m.catalogue_preset_service_public,
  terreau: m.catalogue_preset_terreau,
  table: m.catalogue_preset_table
};

/** One thing that is wrong in a file, and what becomes of its row. */
export function rowProblemInWords({ row, field, problem, left }: RowProblem) {
  return {
    row,
    field: field === 'sourceId' ? m.catalogue_import_source_id() : supportFieldName(field),
    what:
      problem === 'repeated'
        ? m.catalogue_import_problem_repeated()
        : problemsInWords({ [field]: problem }).errors[field]!,
    outcome: left ? m.catalogue_import_problem_left() : m.catalogue_import_problem_kept()
  };
}

/** The fields that a column may give, each with the column chosen for it. */
export function mappedFields(mapping: SupportMapping) {
  const fields = ['sourceId' as const, ...SUPPORT_COLUMNS.map(({ field }) => field)];
  return fields.map((field) => ({
    field,
    label: field === 'sourceId' ? m.catalogue_import_source_id() : supportFieldName(field),
    column: mapping[field] ?? ''
  }));
}
