import { accept, refuse, type Verdict } from './verdict.ts';

/** An amount in whole euro cents. Safe integers only: up to ninety thousand billion euros. */
export type Cents = number;

/** Reads "1 234,56", "1234.5", "12 €" as cents. Refused when it is no amount or has more than two decimals. */
export function parseEuros(text: string): Verdict<Cents, 'not-an-amount' | 'too-many-decimals' | 'too-large'> {
  const compact = text.replace(/[\s\u00a0\u202f€]/gu, '').replace(',', '.');
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(compact);
  if (!match) return refuse('not-an-amount');
  const [, sign, euros, decimals = ''] = match;
  if (decimals.length > 2) return refuse('too-many-decimals');
  const cents = Number(euros) * 100 + Number(decimals.padEnd(2, '0'));
  if (!Number.isSafeInteger(cents)) return refuse('too-large');
  return accept(sign && cents ? -cents : cents);
}

/** Splits `total` by integer `weights` without losing a cent: the largest remainders get the cents left over. */
export function splitCents(total: Cents, weights: readonly number[]): Cents[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum <= 0 || weights.some((weight) => weight < 0 || !Number.isInteger(weight))) {
    throw new RangeError('weights are non-negative integers with a positive sum');
  }
  const exact = weights.map((weight) => BigInt(total) * BigInt(weight));
  const whole = exact.map((product) => floorDivide(product, BigInt(sum)));
  let left = total - whole.reduce((a, b) => a + Number(b), 0);
  const byRemainder = exact
    .map((product, index) => ({ index, remainder: product - whole[index]! * BigInt(sum) }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  const shares = whole.map(Number);
  for (const { index } of byRemainder) {
    if (left === 0) break;
    shares[index]! += 1;
    left -= 1;
  }
  return shares;
}

function floorDivide(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator % denominator < 0n ? quotient - 1n : quotient;
}
