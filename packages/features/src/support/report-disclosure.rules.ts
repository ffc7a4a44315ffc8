import type { Id } from '@terreau/kernel/ids';
import { hideSmallCells, SMALL_COUNT } from '../orientation/hidden-cells.rules.ts';
import type { Counted, Figure, FigureLine, MissingPart, Weight } from './report-material.rules.ts';
import type { Words } from './report-measures.rules.ts';

/*
 * What of a report may leave towards somebody outside. A figure about fewer than five structures is hidden, and so is
 * whatever would let it be worked out: from the totals of its own table, from another table, or from a report that left
 * before. Whoever holds several reports can add and subtract their figures; so every small group that such sums could
 * single out is looked for, by solving them as an attacker would.
 */

/** A figure that left, or is about to: what it counted, by ids without a name. */
export interface ReleasedCell {
  readonly cell: string;
  readonly weight: Weight;
  readonly counted: readonly Counted[];
}

export interface ShownLine extends Omit<FigureLine, 'counted' | 'weight'> {
  readonly isHidden: boolean;
}

export interface ShownFigure extends Omit<Figure, 'lines' | 'subject' | 'parts' | 'missing'> {
  readonly lines: readonly ShownLine[];
  /** `count` is null when it is hidden. */
  readonly missing: readonly { readonly label: Words; readonly count: number | null }[];
}

/** Figures as somebody may see them who sees every dossier behind them: nothing is hidden. */
export function openly(figures: readonly Figure[]): ShownFigure[] {
  return figures.map((figure) => shownOf(figure, () => false));
}

/**
 * Figures for the outside, and the cells that leave with them. `before`: what left already, in the same territory.
 * A line that is hidden says nothing, not even that it is zero.
 */
export function forTheOutside(
  figures: readonly (readonly [name: string, figure: Figure])[],
  before: readonly ReleasedCell[]
): { shown: ShownFigure[]; released: ReleasedCell[] } {
  const hidden = new Set<string>();
  for (const [name, figure] of figures) {
    for (const part of partsOf(figure)) if (isSmall(part)) hidden.add(cellOf(name, part));
    for (const key of hiddenParts(figure)) hidden.add(`${name}/${key}`);
  }
  const wanted = figures.flatMap(([name, figure]) =>
    partsOf(figure)
      .filter(({ weight }) => weight !== 'nobody' && weight !== 'delay')
      .map((part) => ({ cell: cellOf(name, part), weight: part.weight, counted: part.counted }))
  );
  const subjects = new Set(figures.map(([name, figure]) => `${name}/${figure.subject}`));
  const byImportance = (a: ReleasedCell, b: ReleasedCell) =>
    Number(subjects.has(b.cell)) - Number(subjects.has(a.cell)) || b.counted.length - a.counted.length;
  const released: ReleasedCell[] = [];
  for (const [weight, cells] of Map.groupBy(wanted, (cell) => cell.weight)) {
    const kept = safelyReleased(
      before.filter((cell) => cell.weight === weight),
      cells.filter((cell) => !hidden.has(cell.cell)).toSorted(byImportance),
      cells.filter((cell) => hidden.has(cell.cell))
    );
    released.push(...kept);
    const names = new Set(kept.map((cell) => cell.cell));
    for (const { cell } of cells) if (!names.has(cell)) hidden.add(cell);
  }
  const shown = figures.map(([name, figure]) => shownOf(figure, (part) => hidden.has(cellOf(name, part))));
  return { shown, released };
}

type Part = FigureLine | MissingPart;

const partsOf = (figure: Figure): readonly Part[] => [...figure.lines, ...figure.missing];
const cellOf = (name: string, part: Part) => `${name}/${part.key}`;

function shownOf(figure: Figure, isHidden: (part: Part) => boolean): ShownFigure {
  const lines = figure.lines.map((line) => {
    const { key, label, unit, outOf } = line;
    const hides = isHidden(line);
    return { key, label, unit, outOf, value: hides ? null : line.value, isHidden: hides };
  });
  const isGone = (key: string | null) => lines.some((line) => line.key === key && line.isHidden);
  return {
    measure: figure.measure,
    lines,
    missing: figure.missing.map((part) => ({
      label: part.label,
      count: isHidden(part) || isGone(part.follows) ? null : part.count
    })),
    // Names would count what the figure does not say.
    dossierIds: lines.some((line) => line.isHidden) ? [] : figure.dossierIds
  };
}

const ownersOf = (counted: readonly Counted[]) => new Set(counted.map(({ owner }) => owner));

/** Fewer than five structures stand behind it; what is about no structure hides nothing. */
function isSmall(part: Part): boolean {
  if (part.weight === 'nobody') return false;
  return ownersOf(part.counted).size < SMALL_COUNT;
}

/** Of a whole and its parts, what must be hidden so that no small part is narrowed down by the others. */
function hiddenParts({ parts, lines }: Figure): string[] {
  if (!parts) return [];
  const countOf = (key: string) => ownersOf(lines.find((line) => line.key === key)!.counted).size;
  const table = hideSmallCells({ cells: parts.keys.map((key) => [countOf(key)]) });
  const hidden = parts.keys.filter((_, row) => table.cells[row]![0] === null || table.rowTotals[row] === null);
  return table.total === null || table.columnTotals[0] === null ? [...hidden, parts.whole] : hidden;
}

/**
 * Of `wanted`, what may leave after `before`: in their order, and each only if no group of one to four structures
 * could then be worked out. `hidden` are groups that were to be protected already.
 */
function safelyReleased(
  before: readonly ReleasedCell[],
  wanted: readonly ReleasedCell[],
  hidden: readonly ReleasedCell[]
): ReleasedCell[] {
  const atoms = new Atoms([...before, ...wanted, ...hidden]);
  const groups = atoms.smallGroups();
  const sums = new Sums();
  for (const cell of before) sums.add(atoms.of(cell));
  // What former reports already give away cannot be taken back: it is no reason to hide everything now.
  const guarded = groups.filter((group) => !sums.give(group));
  const kept: ReleasedCell[] = [];
  for (const cell of wanted) {
    const tried = sums.with(atoms.of(cell));
    if (guarded.some((group) => tried.give(group))) continue;
    sums.become(tried);
    kept.push(cell);
  }
  return kept;
}

/** Units that are always counted together are one atom: figures are sums of atoms. */
class Atoms {
  readonly #sets: number[][];
  readonly #owners: Set<Id>[] = [];
  readonly #cells = new Map<ReleasedCell, number[]>();

  constructor(cells: readonly ReleasedCell[]) {
    const members = new Map<Id, { owner: Id; cells: number[] }>();
    for (const [index, cell] of cells.entries()) {
      for (const { unit, owner } of cell.counted) {
        const member = members.get(unit) ?? { owner, cells: [] };
        member.cells.push(index);
        members.set(unit, member);
      }
    }
    const atoms = [...Map.groupBy(members.values(), (member) => member.cells.join()).values()];
    this.#sets = cells.map(() => []);
    for (const [atom, together] of atoms.entries()) {
      this.#owners.push(new Set(together.map((member) => member.owner)));
      for (const cell of together[0]!.cells) this.#sets[cell]!.push(atom);
    }
    for (const [index, cell] of cells.entries()) this.#cells.set(cell, this.#sets[index]!);
  }

  of(cell: ReleasedCell): number[] {
    return this.#cells.get(cell)!;
  }

  /** Every group of one to four structures that is a cell, an atom, or what one cell has more than another. */
  smallGroups(): number[][] {
    const groups = new Map<string, number[]>();
    const consider = (group: number[]) => {
      if (this.#isSmall(group)) groups.set(group.join(), group);
    };
    for (const atom of this.#owners.keys()) consider([atom]);
    for (const set of this.#sets) {
      consider(set);
      for (const other of this.#sets) {
        const without = new Set(other);
        consider(set.filter((atom) => !without.has(atom)));
      }
    }
    return [...groups.values()];
  }

  #isSmall(group: readonly number[]): boolean {
    const owners = new Set<Id>();
    for (const atom of group) {
      for (const owner of this.#owners[atom]!) owners.add(owner);
      if (owners.size >= SMALL_COUNT) return false;
    }
    return owners.size > 0;
  }
}

/** A prime below 2^26: products stay exact. */
const PRIME = 67_108_859;

/** What can be worked out by adding and subtracting figures: the space that they span, in echelon form. */
class Sums {
  /** By the first atom that each row holds, with coefficient 1. */
  #rows = new Map<number, Map<number, number>>();

  add(set: readonly number[]): void {
    const rest = this.#reduced(set);
    const pivot = firstOf(rest);
    if (pivot !== null) this.#rows.set(pivot, scaled(rest, inverse(rest.get(pivot)!)));
  }

  /** Whether the value of this group follows from what was added. */
  give(group: readonly number[]): boolean {
    return this.#reduced(group).size === 0;
  }

  with(set: readonly number[]): Sums {
    const more = new Sums();
    more.#rows = new Map(this.#rows);
    more.add(set);
    return more;
  }

  become(other: Sums): void {
    this.#rows = other.#rows;
  }

  #reduced(set: readonly number[]): Map<number, number> {
    const rest = new Map(set.map((atom) => [atom, 1]));
    const done = new Set<number>();
    for (let pivot = firstOf(rest); pivot !== null; pivot = firstOf(rest, done)) {
      const row = this.#rows.get(pivot);
      if (!row) {
        done.add(pivot);
        continue;
      }
      const factor = rest.get(pivot)!;
      for (const [atom, coefficient] of row) {
        const value = ((rest.get(atom) ?? 0) + PRIME - ((factor * coefficient) % PRIME)) % PRIME;
        if (value === 0) rest.delete(atom);
        else rest.set(atom, value);
      }
    }
    return rest;
  }
}

function firstOf(row: ReadonlyMap<number, number>, done: ReadonlySet<number> = new Set()): number | null {
  let first: number | null = null;
  for (const atom of row.keys()) if (!done.has(atom) && (first === null || atom < first)) first = atom;
  return first;
}

function scaled(row: ReadonlyMap<number, number>, factor: number): Map<number, number> {
  return new Map([...row].map(([atom, coefficient]) => [atom, (coefficient * factor) % PRIME]));
}

/** Of a number modulo the prime, by Fermat. */
function inverse(value: number): number {
  let [result, base, exponent] = [1, value, PRIME - 2];
  while (exponent > 0) {
    if (exponent % 2 === 1) result = (result * base) % PRIME;
    base = (base * base) % PRIME;
    exponent = Math.floor(exponent / 2);
  }
  return result;
}
