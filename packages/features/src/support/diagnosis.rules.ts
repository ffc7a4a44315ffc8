import { dimensionOf, type Level, type Mark } from './diagnosis-grid.rules.ts';

/* What a shared diagnosis says, from levels that are ordinal: medians and distributions, never an average, never a score. */

/** An answer: a level, or why there is none. */
export type Answer = Level | Mark;

/** Views that differ by this many levels are talked about first. */
export const GAP_LEVELS = 2;
export const PRIORITIES_MAX_COUNT = 3;
/** At level 1 these tell whoever accompanies, in private, to call back: the wear of people, cash, the coming months. */
const ALERT_ITEMS: ReadonlySet<string> = new Set(['D3.4', 'D4.3', 'D10.1']);

export interface AgreedItem {
  readonly item: string;
  readonly answer: Answer;
  /** 0 (no) to 3 (urgent); null when it was not asked. */
  readonly importance: number | null;
}

export function isLevel(answer: Answer | undefined): answer is Level {
  return typeof answer === 'number';
}

/** How far apart the views of one item are, in levels; null when fewer than two of them give a level. */
export function gapBetween(answers: readonly Answer[]): number | null {
  const levels = answers.filter(isLevel);
  return levels.length < 2 ? null : Math.max(...levels) - Math.min(...levels);
}

/** Items in the order in which they are talked about: the widest gaps first, then the order of the grid. */
export function inOrderOfGap<Item extends { readonly answers: readonly Answer[] }>(items: readonly Item[]): Item[] {
  return items
    .map((item, index) => ({ item, index, gap: gapBetween(item.answers) ?? -1 }))
    .toSorted((a, b) => {
      const first = a.gap >= GAP_LEVELS ? a.gap : 0;
      const second = b.gap >= GAP_LEVELS ? b.gap : 0;
      return second - first || a.index - b.index;
    })
    .map(({ item }) => item);
}

/** The median level or the two that stand in the middle; null when fewer than half of the items have a level. */
export function dimensionMedian(answers: readonly (Answer | undefined)[]): { low: Level; high: Level } | null {
  const levels = answers.filter(isLevel).toSorted((a, b) => a - b);
  if (levels.length === 0 || levels.length * 2 < answers.length) return null;
  const middle = (levels.length - 1) / 2;
  return { low: levels[Math.floor(middle)]!, high: levels[Math.ceil(middle)]! };
}

/**
 * What could be worked on first: (4 − level) × importance, the greatest first, then the most important, then the order
 * of the grid. Only a proposal: the structure may choose otherwise.
 */
export function proposedPriorities(items: readonly AgreedItem[]): string[] {
  return items
    .map((item, index) => ({ item, index, weight: weightOf(item) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight || (b.item.importance ?? 0) - (a.item.importance ?? 0) || a.index - b.index)
    .slice(0, PRIORITIES_MAX_COUNT)
    .map(({ item }) => item.item);
}

function weightOf({ answer, importance }: AgreedItem): number {
  return isLevel(answer) ? (4 - answer) * (importance ?? 0) : 0;
}

/** Items whose agreed level asks for a call back, in private. */
export function alertsOf(items: readonly AgreedItem[]): string[] {
  return items.filter(({ item, answer }) => ALERT_ITEMS.has(item) && answer === 1).map(({ item }) => item);
}

export type Change = 'up' | 'down' | 'same' | 'new' | 'unknown';

/** How an item moved since the round before: an arrow, never a percentage. */
export function changeOf(before: Answer | undefined, now: Answer | undefined): Change {
  if (!isLevel(now)) return 'unknown';
  if (!isLevel(before)) return 'new';
  return now > before ? 'up' : now < before ? 'down' : 'same';
}

/** The answers of items by dimension, in the order given. */
export function byDimension<Item extends { readonly item: string }>(items: readonly Item[]): Map<string, Item[]> {
  return Map.groupBy(items, ({ item }) => dimensionOf(item));
}
