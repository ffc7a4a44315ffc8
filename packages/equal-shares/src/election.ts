import { openBallotBook, POINT_DIGITS, type Ballots } from './ballot-book.ts';
import { atScale, decimalFromScale, parseDecimal, type Decimal } from './exact/decimal.ts';
import { rational, type Rational } from './exact/rational.ts';

export type VoteType = 'approval' | 'choose-1' | 'ordinal' | 'cumulative' | 'scoring';

export interface Project {
  readonly id: string;
  readonly name: string;
  /** Whole units of 10^-moneyScale of the currency. */
  readonly cost: bigint;
}

/** All that a rule needs to know. Project indexes follow the order of `projects`. */
export interface Election {
  readonly voteType: VoteType;
  readonly projects: readonly Project[];
  /** Whole units of 10^-moneyScale of the currency. */
  readonly budget: bigint;
  readonly moneyScale: number;
  readonly ballots: Ballots;
}

export interface PlainBallot {
  /** Ids; in order of preference for `ordinal`. */
  readonly projects: readonly string[];
  /** Beside each project, for `cumulative` and `scoring`. */
  readonly points?: readonly (string | number)[];
  /** How many voters cast this ballot; 1 unless told. */
  readonly voters?: number;
}

export interface PlainElection {
  readonly voteType: VoteType;
  /** A decimal text such as `1437562.51`, or whole units of the currency. */
  readonly budget: string | bigint;
  readonly projects: readonly { readonly id: string; readonly name?: string; readonly cost: string | bigint }[];
  readonly ballots: readonly PlainBallot[];
}

export const hasPoints = (voteType: VoteType): boolean => voteType === 'cumulative' || voteType === 'scoring';
export const votersOf = (election: Election): number => election.ballots.groupOf.length;

/** An election from plain data. Throws a RangeError that names what is wrong. */
export function createElection(plain: PlainElection): Election {
  const costs = plain.projects.map((p) => amount(p.cost, `the cost of project ${p.id}`));
  const budget = amount(plain.budget, 'the budget');
  const moneyScale = Math.max(budget.scale, ...costs.map((cost) => cost.scale));
  const projects = plain.projects.map((p, i) => ({
    id: p.id,
    name: p.name ?? p.id,
    cost: atScale(costs[i]!, moneyScale)
  }));
  const index = indexById(projects);
  const book = openBallotBook({ ordered: plain.voteType === 'ordinal', withPoints: hasPoints(plain.voteType) });
  for (const ballot of plain.ballots) addPlainBallot(book, ballot, index, plain.voteType);
  return { voteType: plain.voteType, projects, budget: atScale(budget, moneyScale), moneyScale, ballots: book.close() };
}

/** The same voters and projects under another budget or other costs, in units of 10^-moneyScale. */
export const withBudget = (election: Election, budget: bigint): Election => ({ ...election, budget });

/** Money as the file wrote it: `1437562.51`. */
export const moneyText = (election: Election, units: bigint): string => decimalFromScale(units, election.moneyScale);

/** An amount in units of the election, as a fraction of one unit of currency. */
export const inCurrency = (election: Election, units: Rational): Rational =>
  rational(units.num, units.den * 10n ** BigInt(election.moneyScale));

/** Project ids sorted as Python and the reference outcomes sort them: by code point, so that "10" comes before "9". */
export function compareIds(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rankOfUnit(x) - rankOfUnit(y);
  }
  return a.length - b.length;
}

/** UTF-16 puts surrogates (U+10000 and above) before U+E000–U+FFFF; code points do not. */
const rankOfUnit = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);

function indexById(projects: readonly Project[]): Map<string, number> {
  const index = new Map(projects.map((p, i) => [p.id, i]));
  if (index.size < projects.length) throw new RangeError('two projects share one id');
  return index;
}

function addPlainBallot(
  book: ReturnType<typeof openBallotBook>,
  ballot: PlainBallot,
  index: Map<string, number>,
  voteType: VoteType
): void {
  const named = Int32Array.from(ballot.projects, (id) => {
    const p = index.get(id);
    if (p === undefined) throw new RangeError(`a ballot names an unknown project: ${id}`);
    return p;
  });
  const points = hasPoints(voteType) ? plainPoints(book, ballot) : undefined;
  for (let i = 0; i < (ballot.voters ?? 1); i++) book.add(named.slice(), named.length, points?.slice());
}

function plainPoints(book: ReturnType<typeof openBallotBook>, ballot: PlainBallot): Float64Array {
  if (ballot.points?.length !== ballot.projects.length)
    throw new RangeError('a ballot needs one number of points for each project');
  const read = ballot.points.map((text) => amount(String(text), 'points', true));
  const scale = Math.max(book.pointScale(), ...read.map((value) => value.scale));
  if (!book.widenPoints(scale)) throw new RangeError(`points have more than ${POINT_DIGITS} digits`);
  return Float64Array.from(
    read,
    (value) => exactPoints(value, scale) ?? fail(`points have more than ${POINT_DIGITS} digits`)
  );
}

/** Points as a whole number of units of 10^-scale, or null where a double could not hold them exactly. */
export function exactPoints(value: Decimal, scale: number): number | null {
  const units = atScale(value, scale);
  return units > -MOST_POINTS && units < MOST_POINTS ? Number(units) : null;
}

const MOST_POINTS = 10n ** BigInt(POINT_DIGITS);

function amount(value: string | bigint, what: string, signed = false): Decimal {
  const read = parseDecimal(value.toString());
  if (read === null || (!signed && read.digits < 0n)) throw new RangeError(`${what} is not a number: ${value}`);
  return read;
}

function fail(message: string): never {
  throw new RangeError(message);
}
