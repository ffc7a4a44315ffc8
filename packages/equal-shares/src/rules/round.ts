import { toDouble, type Rational } from '../exact/rational.ts';
import { U } from '../exact/rounding.ts';
import type { Purchase, RunOptions } from './equal-shares.ts';
import { createHorizon, type Horizon } from './horizon.ts';
import { createPriceBook, type Payment, type PriceBook } from './price-book.ts';
import { clearRoom, supportersOf, type Room } from './room.ts';

/** Where a run stands. */
export interface Round {
  readonly options: RunOptions;
  readonly book: PriceBook;
  readonly horizon: Horizon | null;
  readonly purchases: Purchase[];
  readonly bought: number[];
  number: number;
  purseError: number;
  spent: bigint;
  ties: number;
  ended: boolean;
}

export function startRun(room: Room, endowment: Rational, options: RunOptions): Round {
  const share = toDouble(endowment.num, endowment.den);
  clearRoom(room, share);
  room.recollection.begin(share, options.barred === undefined);
  return {
    options,
    book: createPriceBook(room.support, endowment),
    horizon: options.step === undefined ? null : createHorizon(room, options.step),
    purchases: [],
    bought: [],
    number: 0,
    purseError: 4 * U * share,
    spent: 0n,
    ties: 0,
    ended: false
  };
}

/**
 * Takes the payments. A full payment is rate·strength with the rate within 4u of the exact one: with the product
 * and the difference rounded, an error of at most 7u times the endowment is added to a purse in each round.
 */
export function takePayments(room: Room, round: Round, payment: Payment): void {
  const { purse, support } = room;
  const p = payment.project;
  const { group, by } = supportersOf(room, p);
  room.bound[p] = Infinity;
  round.book.record(payment);
  for (const g of payment.short) purse[g] = -1;
  const from = support.from[p]!;
  const end = from + room.alive[p]!;
  for (let i = from; i < end; i++) {
    const g = group[i]!;
    const money = purse[g]!;
    if (money < 0) continue;
    const left = money - payment.near * (by === null ? 1 : by[i]!);
    purse[g] = left > 0 ? left : 0;
  }
  round.purseError += 8 * U * round.book.endowmentNear;
}
