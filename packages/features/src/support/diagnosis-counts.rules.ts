import { hideSmallCells, SMALL_COUNT } from '../orientation/hidden-cells.rules.ts';
import { dimensionMedian, type Answer } from './diagnosis.rules.ts';
import { dimensionOf, gridOf, itemCodes, LEVELS, type Form } from './diagnosis-grid.rules.ts';

/* What a territory may know of its diagnoses: how many structures stand where, never which. */

/** From so many structures on a count is made, and a cell is shown. */
export const COUNTED_MIN_STRUCTURES = SMALL_COUNT;

/** One structure's diagnosis, with the items alone that it lets be counted. */
export interface CountableDiagnosis {
  readonly form: Form;
  readonly items: ReadonlyMap<string, Answer>;
}

/** A dimension as it may be shown: in four levels where each holds enough, else in two halves, else not at all. */
export interface DimensionCounts {
  readonly code: string;
  /** Structures at each level, from 1 to 4; null when that would show too few. */
  readonly levels: readonly number[] | null;
  /** Structures at level 1 or 2, and at 3 or 4; null when that would show too few. */
  readonly halves: readonly [number, number] | null;
  /** Structures that did not answer enough of it, or keep it for themselves. */
  readonly missing: number;
}

/** How many structures stand where, for each dimension, small counts and whatever gives them away left out. */
export function countDiagnoses(diagnoses: readonly CountableDiagnosis[]): DimensionCounts[] {
  return gridOf('full', 'fr').map(({ code }) => {
    const levels = diagnoses.flatMap((diagnosis) => levelOf(diagnosis, code) ?? []);
    const counts = LEVELS.map((level) => levels.filter((one) => one === level).length);
    const missing = diagnoses.length - levels.length;
    const halves = [counts[0]! + counts[1]!, counts[2]! + counts[3]!] as const;
    if (isShown(counts)) return { code, levels: counts, halves, missing };
    return { code, levels: null, halves: isShown(halves) ? halves : null, missing };
  });
}

/** The median level of a dimension; of two that stand in the middle, the lower one. */
function levelOf({ form, items }: CountableDiagnosis, code: string): number | null {
  const asked = itemCodes(form).filter((item) => dimensionOf(item) === code);
  return dimensionMedian(asked.map((item) => items.get(item)))?.low ?? null;
}

/** All or nothing: with the total known, what is left of a row gives the rest away. */
function isShown(counts: readonly number[]): boolean {
  const { cells } = hideSmallCells({ cells: [counts] }, SMALL_COUNT);
  return cells[0]!.every((cell) => cell !== null);
}
