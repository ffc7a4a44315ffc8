/** Codes of figures that say what institutions give (hours of support, places…) begin so. */
export const SUPPORT_CODE_PREFIX = 'support-';
/** Codes of figures that say how many are poor begin so. */
export const POVERTY_CODE_PREFIX = 'poverty-';

/**
 * The order in which figures are read: what institutions give comes first, then the coordination's own order, and
 * poverty after the rest of a neighbourhood's life: a neighbourhood is never introduced by what it lacks.
 */
export function inReadingOrder<Figure extends { readonly code: string; readonly position: number }>(
  figures: readonly Figure[]
): Figure[] {
  return figures.toSorted(
    (one, other) =>
      rankOf(one.code) - rankOf(other.code) || one.position - other.position || (one.code < other.code ? -1 : 1)
  );
}

function rankOf(code: string): number {
  if (code.startsWith(SUPPORT_CODE_PREFIX)) return 0;
  return code.startsWith(POVERTY_CODE_PREFIX) ? 2 : 1;
}
