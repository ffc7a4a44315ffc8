/**
 * The rules once more, as their definitions say them: voter by voter, fractions everywhere, everything worked out again
 * in every round. Slow, and easy to check by eye. Nothing is shared with the engine but the fractions.
 */
import { add, compare, divide, multiply, rational, subtract, ZERO, type Rational } from '../src/exact/rational.ts';

export interface PlainCase {
  readonly budget: bigint;
  readonly cost: readonly bigint[];
  readonly ids: readonly string[];
  /** For each voter, what they gain from each project; 0 for nothing. */
  readonly gain: readonly (readonly bigint[])[];
  /** For each voter, the projects named (they decide the number of votes). */
  readonly named: readonly (readonly number[])[];
}

export type PlainTie = 'lex' | 'rec';

const votes = (c: PlainCase, p: number): number => c.named.filter((ballot) => ballot.includes(p)).length;
const supported = (c: PlainCase, p: number): boolean => c.gain.some((gains) => gains[p]! > 0n);
const total = (c: PlainCase, chosen: readonly number[]): bigint => chosen.reduce((sum, p) => sum + c.cost[p]!, 0n);
const all = (c: PlainCase): number[] => c.cost.map((_, p) => p);

function first(c: PlainCase, tied: readonly number[], tie: PlainTie): number {
  const byId = (a: number, b: number): number => (c.ids[a]! < c.ids[b]! ? -1 : 1);
  const byRec = (a: number, b: number): number =>
    Number(c.cost[a]! - c.cost[b]!) || votes(c, b) - votes(c, a) || byId(a, b);
  return [...tied].sort(tie === 'lex' ? byId : byRec)[0]!;
}

/** The price per unit of gain at which the supporters of p can pay for it together, or null. */
function price(c: PlainCase, p: number, purse: readonly Rational[]): Rational | null {
  const voters = c.gain
    .map((gains, v) => ({ gain: rational(gains[p]!), purse: purse[v]! }))
    .filter((v) => v.gain.num > 0n);
  const richest = voters.sort((a, b) => compare(divide(a.purse, a.gain), divide(b.purse, b.gain)));
  let missing = rational(c.cost[p]!);
  for (let i = 0; i < richest.length; i++) {
    const gains = richest.slice(i).reduce((sum, v) => add(sum, v.gain), ZERO);
    const asked = divide(missing, gains);
    if (compare(multiply(asked, richest[i]!.gain), richest[i]!.purse) <= 0) return asked;
    missing = subtract(missing, richest[i]!.purse);
  }
  return null;
}

interface PlainRun {
  readonly order: number[];
  readonly ties: number;
}

/** Equal Shares from one endowment, remembered: the completions of one case ask for the same runs. */
export function plainEqualShares(c: PlainCase, endowment: Rational, tie: PlainTie): PlainRun {
  const known = runs.get(c) ?? new Map<string, PlainRun>();
  runs.set(c, known);
  const key = `${endowment.num}/${endowment.den} ${tie}`;
  const run = known.get(key) ?? countEqualShares(c, endowment, tie);
  known.set(key, run);
  return run;
}

const runs = new WeakMap<PlainCase, Map<string, PlainRun>>();

/** It may overspend the budget when the endowment is larger than a voter's share. */
function countEqualShares(c: PlainCase, endowment: Rational, tie: PlainTie): PlainRun {
  const purse = c.gain.map(() => endowment);
  const free = all(c).filter((p) => c.cost[p] === 0n && supported(c, p));
  const order = [...free];
  let ties = 0;
  for (;;) {
    const offers = all(c)
      .filter((p) => !order.includes(p) && supported(c, p))
      .map((p) => ({ p, price: price(c, p, purse) }));
    const possible = offers.filter((offer): offer is { p: number; price: Rational } => offer.price !== null);
    if (possible.length === 0) return { order, ties };
    const perGain = (offer: { p: number; price: Rational }): Rational => offer.price;
    const least = possible.map(perGain).reduce((a, b) => (compare(a, b) <= 0 ? a : b));
    const tied = possible.filter((offer) => compare(offer.price, least) === 0).map((offer) => offer.p);
    if (tied.length > 1) ties++;
    const chosen = first(c, tied, tie);
    order.push(chosen);
    c.gain.forEach((gains, v) => {
      const asked = multiply(least, rational(gains[chosen]!));
      purse[v] = compare(asked, purse[v]!) <= 0 ? subtract(purse[v]!, asked) : ZERO;
    });
  }
}

/** Votes (or score) per unit of money, skipping what does not fit. */
export function plainGreedy(
  c: PlainCase,
  score: (p: number) => Rational | 'free',
  tie: PlainTie,
  chosen: readonly number[] = []
): number[] {
  const added: number[] = [];
  for (;;) {
    const left = c.budget - total(c, [...chosen, ...added]);
    const fits = all(c).filter((p) => !chosen.includes(p) && !added.includes(p) && c.cost[p]! <= left);
    if (fits.length === 0) return added;
    const free = fits.filter((p) => score(p) === 'free');
    const value = (p: number): Rational => score(p) as Rational;
    const best =
      free.length > 0 ? mostGained(c, free) : fits.filter((p) => fits.every((q) => compare(value(p), value(q)) >= 0));
    added.push(first(c, best, tie));
  }
}

const sumGain = (c: PlainCase, p: number): bigint => c.gain.reduce((sum, gains) => sum + gains[p]!, 0n);

function mostGained(c: PlainCase, projects: readonly number[]): number[] {
  const most = projects.map((p) => sumGain(c, p)).reduce((a, b) => (a > b ? a : b));
  return projects.filter((p) => sumGain(c, p) === most);
}

export const byVotes =
  (c: PlainCase) =>
  (p: number): Rational =>
    rational(BigInt(votes(c, p)));
export const byDensity =
  (c: PlainCase) =>
  (p: number): Rational | 'free' =>
    c.cost[p] === 0n ? (sumGain(c, p) > 0n ? 'free' : ZERO) : rational(sumGain(c, p), c.cost[p]);

export type PlainStop = 'never' | 'supported' | 'all';

/** Add1 as a plain loop: one unit more for everybody until the next outcome would overspend, or the stop is met. */
export function plainAdd1(
  c: PlainCase,
  start: Rational,
  stop: PlainStop,
  tie: PlainTie
): { order: number[]; endowment: Rational; steps: number } {
  let endowment = start;
  let now = plainEqualShares(c, endowment, tie).order;
  for (let steps = 0; ; steps++) {
    const left = c.budget - total(c, now);
    const open = all(c).filter((p) => !now.includes(p));
    const counted = stop === 'supported' ? open.filter((p) => supported(c, p)) : open;
    const exhausted = stop !== 'never' && counted.every((p) => c.cost[p]! > left);
    if (exhausted || open.every((p) => !supported(c, p))) return { order: now, endowment, steps };
    const more = add(endowment, rational(1n));
    const next = plainEqualShares(c, more, tie).order;
    if (total(c, next) > c.budget) return { order: now, endowment, steps };
    endowment = more;
    now = next;
  }
}

/** Sequential Phragmén, voter by voter. */
export function plainPhragmen(c: PlainCase, skip: boolean, tie: PlainTie): number[] {
  const load = c.named.map(() => ZERO);
  const order: number[] = [];
  let open = all(c).filter((p) => c.cost[p]! <= c.budget);
  for (;;) {
    const left = c.budget - total(c, order);
    if (skip) open = open.filter((p) => c.cost[p]! <= left);
    if (open.length === 0) return order;
    const moment = (p: number): Rational => {
      const voters = c.named.map((ballot, v) => (ballot.includes(p) ? v : -1)).filter((v) => v >= 0);
      return divide(
        voters.reduce((sum, v) => add(sum, load[v]!), rational(c.cost[p]!)),
        rational(BigInt(voters.length))
      );
    };
    const wanted = open.filter((p) => votes(c, p) > 0);
    const due =
      wanted.length === 0 ? open : wanted.filter((p) => wanted.every((q) => compare(moment(p), moment(q)) <= 0));
    if (due.some((p) => c.cost[p]! > left)) return order;
    const chosen = first(c, due, tie);
    const at = wanted.length === 0 ? ZERO : moment(chosen);
    c.named.forEach((ballot, v) => {
      if (ballot.includes(chosen)) load[v] = at;
    });
    order.push(chosen);
    open = open.filter((p) => p !== chosen);
  }
}

/** The best total of value × voters within the budget, by trying every set. */
export function plainMaxWelfare(c: PlainCase, value: (p: number) => bigint): bigint {
  let best = 0n;
  for (let set = 0; set < 2 ** c.cost.length; set++) {
    const chosen = all(c).filter((p) => (set >> p) & 1);
    if (total(c, chosen) > c.budget) continue;
    const welfare = chosen.reduce((sum, p) => sum + value(p), 0n);
    if (welfare > best) best = welfare;
  }
  return best;
}
