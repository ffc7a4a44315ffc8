import { readMapping } from '@terreau/formats/fields';
import type { ImportAnalysis } from './import-analysis.rules.ts';
import type { ReadingChoice } from './import-file.ts';

/** Preset that stands for "let the file say". */
export const PRESET_GUESSED = 'auto';

/** How a stored run is to be read: the preset and the mapping that somebody chose, or nothing. */
export function readingChoiceOf(run: {
  readonly preset: string;
  readonly mapping: unknown;
  readonly analysis: unknown;
}): ReadingChoice {
  const parts = (run.analysis as Pick<ImportAnalysis, 'parts'> | null)?.parts ?? [];
  const sheets = parts.flatMap((part) => (part.sheet === null ? [] : [part.sheet]));
  return {
    ...(sheets.length > 0 ? { sheets } : {}),
    preset: run.preset === PRESET_GUESSED ? null : run.preset,
    mapping: readMapping(run.mapping)
  };
}
