import type { FigureProblemCode } from '@terreau/features/territories/figures-file.rules';
import { m } from '#texts/messages.js';

export const FIGURE_PROBLEM_TEXTS: Readonly<Record<FigureProblemCode, () => string>> = {
  missing: m.territories_problem_missing,
  'code-malformed': m.territories_problem_code_malformed,
  'number-malformed': m.territories_problem_number_malformed,
  'date-malformed': m.territories_problem_date_malformed,
  'share-without-denominator': m.territories_problem_share_without_denominator,
  'share-out-of-range': m.territories_problem_share_out_of_range,
  'neighbourhood-unknown': m.territories_problem_neighbourhood_unknown,
  'reason-unknown': m.territories_problem_reason_unknown,
  'value-and-reason': m.territories_problem_value_and_reason,
  twice: m.territories_problem_twice,
  'too-long': m.territories_problem_too_long
};

type Details = Readonly<Record<string, string | number>>;

const REFUSALS: Readonly<Record<string, (details: Details) => string>> = {
  'file-missing': () => m.territories_refusal_file_missing(),
  'file-empty': () => m.territories_refusal_file_missing(),
  'file-too-large': () => m.territories_refusal_file_too_large(),
  'columns-missing': ({ columns }) => m.territories_refusal_columns_missing({ columns: String(columns) }),
  'not-geojson': () => m.territories_refusal_not_geojson(),
  'no-area': () => m.territories_refusal_no_area(),
  'no-neighbourhood': () => m.territories_refusal_no_name(),
  'no-code': () => m.territories_refusal_no_code(),
  'nothing-here': () => m.territories_refusal_nothing_here(),
  'too-many-outlines': () => m.territories_refusal_too_many(),
  'too-many-neighbourhoods': () => m.territories_refusal_too_many(),
  'coordinates-unknown-system': () => m.territories_refusal_unknown_system(),
  'coordinates-ambiguous': () => m.territories_refusal_unknown_system(),
  'coordinates-contradict': ({ declared }) => m.territories_refusal_contradict({ declared: String(declared) }),
  'outside-france': () => m.territories_refusal_outside(),
  'not-wgs84': () => m.territories_refusal_unknown_system(),
  'same-name-twice': () => m.territories_refusal_same_name(),
  'source-missing': () => m.territories_refusal_source_missing()
};

/** Why a file was refused, in a sentence that says what to do. */
export function fileRefusalText(code: string, details: Details = {}): string {
  return (REFUSALS[code] ?? (() => m.territories_refusal_file_unreadable()))(details);
}
