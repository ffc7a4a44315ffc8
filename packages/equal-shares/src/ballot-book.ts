/**
 * Ballots, equal ones kept once. A city's hundred thousand ballots are a few thousand different ones: every rule
 * treats equal ballots alike, so they work on the groups and multiply by the weight.
 */
export interface Ballots {
  /** How many different ballots there are. */
  readonly groups: number;
  /** How many voters cast each of them. */
  readonly weight: Int32Array;
  /** Ballot g names `project[start[g]] … project[start[g + 1] - 1]`. */
  readonly start: Int32Array;
  /** Indexes of projects: ascending, or in order of preference where the order counts. */
  readonly project: Int32Array;
  /** Points beside each project, as whole units of 10^-pointScale; null where ballots carry none. */
  readonly points: Float64Array | null;
  readonly pointScale: number;
  /** For each voter in the order of reading, the group of their ballot. */
  readonly groupOf: Int32Array;
}

/** Most digits taken of one voter's points, so that they are exact in a double. */
export const POINT_DIGITS = 15;

export interface BallotBook {
  /**
   * Records one voter's ballot, given in the first `length` places of `projects` (and `points`). A project named
   * again counts once, where it was named first. The two arrays are scratch: they may be changed.
   */
  readonly add: (projects: Int32Array, length: number, points?: Float64Array) => void;
  /** Makes room for points with more decimals; what was recorded keeps its value. False if a number would no longer be exact. */
  readonly widenPoints: (scale: number) => boolean;
  readonly pointScale: () => number;
  readonly close: () => Ballots;
}

export function openBallotBook(options: { readonly ordered: boolean; readonly withPoints: boolean }): BallotBook {
  let weight = new Int32Array(1024);
  let start = new Int32Array(1025);
  let project = new Int32Array(4096);
  let points = options.withPoints ? new Float64Array(4096) : null;
  let groupOf = new Int32Array(1024);
  let table = new Int32Array(4096).fill(-1);
  let groups = 0;
  let voters = 0;
  let pointScale = 0;

  function add(named: Int32Array, count: number, given?: Float64Array): void {
    const length = options.ordered ? dropRepeats(named, count) : sortOnce(named, count, given);
    const group = find(named, length, given);
    weight[group]!++;
    if (voters === groupOf.length) groupOf = grownInt(groupOf);
    groupOf[voters++] = group;
  }

  function find(named: Int32Array, length: number, given?: Float64Array): number {
    const mask = table.length - 1;
    let slot = hash(named, length, given) & mask;
    for (; table[slot]! >= 0; slot = (slot + 1) & mask)
      if (isSame(table[slot]!, named, length, given)) return table[slot]!;
    table[slot] = groups;
    return append(named, length, given);
  }

  function isSame(group: number, named: Int32Array, length: number, given?: Float64Array): boolean {
    const from = start[group]!;
    if (start[group + 1]! - from !== length) return false;
    for (let i = 0; i < length; i++) if (project[from + i] !== named[i]) return false;
    if (points !== null && given !== undefined)
      for (let i = 0; i < length; i++) if (points[from + i] !== given[i]) return false;
    return true;
  }

  function append(named: Int32Array, length: number, given?: Float64Array): number {
    const from = start[groups]!;
    while (from + length > project.length) {
      project = grownInt(project);
      if (points !== null) points = grownDouble(points);
    }
    for (let i = 0; i < length; i++) project[from + i] = named[i]!;
    if (points !== null && given !== undefined) for (let i = 0; i < length; i++) points[from + i] = given[i]!;
    const group = groups++;
    if (groups === weight.length) {
      weight = grownInt(weight);
      start = grownInt(start);
    }
    start[groups] = from + length;
    if (groups * 2 > table.length) rehash();
    return group;
  }

  function rehash(): void {
    table = new Int32Array(table.length * 4).fill(-1);
    const mask = table.length - 1;
    for (let g = 0; g < groups; g++) {
      const from = start[g]!;
      const length = start[g + 1]! - from;
      let slot = hash(project.subarray(from, from + length), length, points?.subarray(from, from + length)) & mask;
      while (table[slot]! >= 0) slot = (slot + 1) & mask;
      table[slot] = g;
    }
  }

  function widenPoints(scale: number): boolean {
    if (points === null || scale <= pointScale) return true;
    const factor = 10 ** (scale - pointScale);
    const end = start[groups]!;
    for (let i = 0; i < end; i++) {
      if (Math.abs(points[i]!) * factor >= 10 ** POINT_DIGITS) return false;
    }
    for (let i = 0; i < end; i++) points[i]! *= factor;
    pointScale = scale;
    rehash();
    return true;
  }

  /** Views, not copies: of the largest files a copy would be felt. */
  const close = (): Ballots => ({
    groups,
    weight: weight.subarray(0, groups),
    start: start.subarray(0, groups + 1),
    project: project.subarray(0, start[groups]!),
    points: points === null ? null : points.subarray(0, start[groups]!),
    pointScale,
    groupOf: groupOf.subarray(0, voters)
  });

  return { add, widenPoints, pointScale: () => pointScale, close };
}

function hash(named: Int32Array, length: number, points?: Float64Array): number {
  let h = 0x811c9dc5 ^ length;
  for (let i = 0; i < length; i++) h = Math.imul(h ^ named[i]!, 0x01000193) ^ (h >>> 15);
  if (points !== undefined)
    for (let i = 0; i < length; i++) h = Math.imul(h ^ (points[i]! % 0x7fffffff), 0x01000193) ^ (h >>> 15);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 13)) >>> 0;
}

/** Keeps each project where it was named first; the number left. Ballots are short: no set is needed below 64 names. */
function dropRepeats(named: Int32Array, count: number): number {
  const seen = count > 64 ? new Set<number>() : null;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const p = named[i]!;
    if (seen === null ? contains(named, kept, p) : seen.has(p)) continue;
    seen?.add(p);
    named[kept++] = p;
  }
  return kept;
}

function contains(named: Int32Array, length: number, p: number): boolean {
  for (let i = 0; i < length; i++) if (named[i] === p) return true;
  return false;
}

/** Ascending, each project once, with the points that stood where it was named first. */
function sortOnce(named: Int32Array, count: number, points?: Float64Array): number {
  if (count > 64 && points === undefined) named.subarray(0, count).sort();
  else if (count > 64 && points !== undefined) sortLong(named, count, points);
  else insertionSort(named, count, points);
  let kept = 0;
  for (let i = 0; i < count; i++) {
    if (kept > 0 && named[kept - 1] === named[i]) continue;
    named[kept] = named[i]!;
    if (points !== undefined) points[kept] = points[i]!;
    kept++;
  }
  return kept;
}

/** Stable, so that of two equal names the first one written stays first. */
function insertionSort(named: Int32Array, count: number, points?: Float64Array): void {
  for (let i = 1; i < count; i++) {
    const p = named[i]!;
    const value = points?.[i] ?? 0;
    let j = i - 1;
    for (; j >= 0 && named[j]! > p; j--) {
      named[j + 1] = named[j]!;
      if (points !== undefined) points[j + 1] = points[j]!;
    }
    named[j + 1] = p;
    if (points !== undefined) points[j + 1] = value;
  }
}

function sortLong(named: Int32Array, count: number, points: Float64Array): void {
  const order = Array.from({ length: count }, (_, i) => i).sort((i, j) => named[i]! - named[j]! || i - j);
  const projects = order.map((i) => named[i]!);
  const values = order.map((i) => points[i]!);
  named.set(projects);
  points.set(values);
}

function grownInt(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

function grownDouble(array: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
