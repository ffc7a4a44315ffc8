/*
 * Which cells of a table of counts may be shown. Small counts are hidden, and so is whatever would let somebody work
 * them out from the totals. A table with its margins is a network: each row, each column and the two ends of the grand
 * total are places where what comes in goes out, so a hidden number is known exactly when every way round it is.
 */

/** Counts with their totals: `cells[row][column]`, natural numbers. */
export interface CountTable {
  readonly cells: readonly (readonly number[])[];
}

/** The same with null for what is not shown. */
export interface ShownTable {
  readonly cells: readonly (readonly (number | null)[])[];
  readonly rowTotals: readonly (number | null)[];
  readonly columnTotals: readonly (number | null)[];
  readonly total: number | null;
}

export const SMALL_COUNT = 5;

/**
 * Hides every count under `small`, totals included, then whatever else must be so that no hidden count can be narrowed
 * to fewer than `small` values by somebody who knows that counts are natural numbers.
 */
export function hideSmallCells({ cells }: CountTable, small = SMALL_COUNT): ShownTable {
  const edges = edgesOf(cells);
  for (const edge of edges) edge.isHidden = edge.value < small;
  for (let again = true; again;) {
    const exposed = edges.find((edge) => edge.isHidden && slack(edges, edge) < small - 1);
    again = exposed !== undefined && hideWayRound(edges, exposed, small);
  }
  const shown = (edge: Edge) => (edge.isHidden ? null : edge.value);
  const columns = cells[0]?.length ?? 0;
  const inner = edges.filter((edge) => edge.kind === 'cell').map(shown);
  return {
    cells: cells.map((_, row) => inner.slice(row * columns, (row + 1) * columns)),
    rowTotals: edges.filter((edge) => edge.kind === 'row').map(shown),
    columnTotals: edges.filter((edge) => edge.kind === 'column').map(shown),
    total: shown(edges.at(-1)!)
  };
}

/** One number of the table, as what flows from one place to another. */
interface Edge {
  readonly kind: 'cell' | 'row' | 'column' | 'total';
  readonly from: string;
  readonly to: string;
  readonly value: number;
  isHidden: boolean;
}

function edgesOf(cells: CountTable['cells']): Edge[] {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const edge = (kind: Edge['kind'], from: string, to: string, value: number) => ({
    kind,
    from,
    to,
    value,
    isHidden: false
  });
  const columns = cells[0]?.length ?? 0;
  const columnSum = (column: number) => sum(cells.map((row) => row[column] ?? 0));
  return [
    ...cells.flatMap((row, r) => row.map((count, c) => edge('cell', `r${r}`, `c${c}`, count))),
    ...cells.map((row, r) => edge('row', 'start', `r${r}`, sum(row))),
    ...Array.from({ length: columns }, (_, c) => edge('column', `c${c}`, 'end', columnSum(c))),
    edge('total', 'end', 'start', sum(cells.map(sum)))
  ];
}

/** How many other values a hidden count could have, at most; endless when nothing bounds it. */
function slack(edges: readonly Edge[], edge: Edge): number {
  const others = edges.filter((one) => one.isHidden && one !== edge);
  const more = flow(others, edge.to, edge.from);
  const fewer = Math.min(edge.value, flow(others, edge.from, edge.to));
  return more + fewer;
}

/** What can be sent round through the other hidden counts: with them without bound, against them until they are 0. */
function flow(edges: readonly Edge[], from: string, to: string): number {
  const values = new Map(edges.map((edge) => [edge, edge.value]));
  for (let sent = 0; ;) {
    const path = wayThrough(edges, values, from, to);
    if (!path) return sent;
    const against = path.filter((step) => !step.isForward).map((step) => values.get(step.edge)!);
    if (against.length === 0) return Number.POSITIVE_INFINITY;
    const amount = Math.min(...against);
    for (const { edge, isForward } of path) values.set(edge, values.get(edge)! + (isForward ? amount : -amount));
    sent += amount;
  }
}

interface Step {
  readonly edge: Edge;
  readonly isForward: boolean;
}

function wayThrough(
  edges: readonly Edge[],
  values: ReadonlyMap<Edge, number>,
  from: string,
  to: string
): Step[] | null {
  const ways = new Map<string, Step[]>([[from, []]]);
  for (const [place, way] of ways) {
    if (place === to) return way;
    for (const edge of edges) {
      if (edge.from === place && !ways.has(edge.to)) ways.set(edge.to, [...way, { edge, isForward: true }]);
      if (edge.to === place && values.get(edge)! > 0 && !ways.has(edge.from)) {
        ways.set(edge.from, [...way, { edge, isForward: false }]);
      }
    }
  }
  return null;
}

/** Hides the cheapest way round an exposed count, so that it may move with others: the least is lost. False when nothing is left to hide. */
function hideWayRound(edges: readonly Edge[], exposed: Edge, small: number): boolean {
  const way = cheapestWay(
    edges.filter((edge) => edge !== exposed),
    exposed.to,
    exposed.from,
    small
  );
  const hidden = (way ?? edges).filter((edge) => !edge.isHidden);
  for (const edge of hidden) edge.isHidden = true;
  return hidden.length > 0;
}

/** A total says more than any count: it is hidden last. */
const TOTAL_COST = 1_000_000;

function cheapestWay(edges: readonly Edge[], from: string, to: string, small: number): Edge[] | null {
  const found = new Map<string, { cost: number; way: Edge[] }>([[from, { cost: 0, way: [] }]]);
  const cost = (edge: Edge) => (edge.isHidden ? 0 : edge.value + (edge.kind === 'cell' ? 0 : TOTAL_COST));
  for (let better = true; better;) {
    better = false;
    for (const edge of edges) {
      const ways: [string, string][] = [[edge.from, edge.to]];
      // Against an edge, only as much passes as it holds.
      if (edge.value >= small - 1) ways.push([edge.to, edge.from]);
      for (const [here, there] of ways) {
        const start = found.get(here);
        if (!start || start.cost + cost(edge) >= (found.get(there)?.cost ?? Number.POSITIVE_INFINITY)) continue;
        found.set(there, { cost: start.cost + cost(edge), way: [...start.way, edge] });
        better = true;
      }
    }
  }
  return found.get(to)?.way ?? null;
}
