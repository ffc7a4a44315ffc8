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
  /** The largest slack of a purse. */
  purseError: number;
  spent: bigint;
  ties: number;
  ended: boolean;
}

export function startRun(room: Room, endowment: Rational, options: RunOptions): Round {
  const share = toDouble(endowment.num, endowment.den);
  const shareError = 4 * U * share;
  clearRoom(room, share, shareError);
  room.recollection.begin(share, options.barred === undefined);
  return {
    options,
    book: createPriceBook(room.support, endowment, options.step !== undefined || options.detail === true),
    horizon: options.step === undefined ? null : createHorizon(room, options.step),
    purchases: [],
    bought: [],
    number: 0,
    purseError: shareError,
    spent: 0n,
    ties: 0,
    ended: false
  };
}

/**
 * Takes the payments. A full payment is strength × rate, off by strength × the error of the rate; with the product and
 * the difference rounded, at most 3u times the endowment is added to that.
 */
export function takePayments(room: Room, round: Round, payment: Payment): void {
  const { purse, slack, support } = room;
  const { project: p, near, error } = payment;
  const { group, by } = supportersOf(room, p);
  room.bound[p] = Infinity;
  round.book.record(payment);
  for (const g of payment.short) purse[g] = -1;
  const rounding = 4 * U * round.book.endowmentNear;
  let most = round.purseError;
  const from = support.from[p]!;
  const end = from + room.alive[p]!;
  for (let i = from; i < end; i++) {
    const g = group[i]!;
    const money = purse[g]!;
    if (money < 0) continue;
    const b = by === null ? 1 : by[i]!;
    const left = money - near * b;
    const off = slack[g]! + error * b + rounding;
    purse[g] = left > 0 ? left : 0;
    slack[g] = off;
    if (off > most) most = off;
  }
  round.purseError = most * (1 + 4 * U);
}
