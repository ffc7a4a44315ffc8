/** Exact fractions. `den` is positive; `rational()` keeps them in lowest terms. */
export interface Rational {
  readonly num: bigint;
  readonly den: bigint;
}

export const ZERO: Rational = { num: 0n, den: 1n };

export function rational(num: bigint, den: bigint = 1n): Rational {
  if (den === 0n) throw new RangeError('a fraction needs a denominator other than zero');
  const sign = den < 0n ? -1n : 1n;
  const shared = greatestCommonDivisor(num, den) * sign;
  return { num: num / shared, den: den / shared };
}

export const add = (a: Rational, b: Rational): Rational => rational(a.num * b.den + b.num * a.den, a.den * b.den);
export const subtract = (a: Rational, b: Rational): Rational => rational(a.num * b.den - b.num * a.den, a.den * b.den);
export const multiply = (a: Rational, b: Rational): Rational => rational(a.num * b.num, a.den * b.den);
export const divide = (a: Rational, b: Rational): Rational => rational(a.num * b.den, a.den * b.num);
export const minimum = (a: Rational, b: Rational): Rational => (compare(a, b) <= 0 ? a : b);

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function compare(a: Rational, b: Rational): number {
  const left = a.num * b.den;
  const right = b.num * a.den;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The whole part, rounded towards minus infinity. */
export function floor(a: Rational): bigint {
  const quotient = a.num / a.den;
  return a.num < 0n && quotient * a.den !== a.num ? quotient - 1n : quotient;
}

/** `13402/21`, or `638` when the fraction is whole. */
export const fractionText = (a: Rational): string => (a.den === 1n ? `${a.num}` : `${a.num}/${a.den}`);

/** A decimal rounded half up, for people to read: never used to decide. */
export function decimalText(a: Rational, digits: number): string {
  const scale = 10n ** BigInt(digits);
  const rounded = floor({ num: 2n * a.num * scale + a.den, den: 2n * a.den });
  const sign = rounded < 0n ? '-' : '';
  const plain = (rounded < 0n ? -rounded : rounded).toString().padStart(digits + 1, '0');
  return digits === 0 ? sign + plain : `${sign}${plain.slice(0, -digits)}.${plain.slice(-digits)}`;
}

/**
 * num/den as a double within a relative error of 2^-51, for fractions of any length (`Number(num) / Number(den)`
 * overflows beyond 1,024 bits). `den` must be positive.
 */
export function toDouble(num: bigint, den: bigint): number {
  const above = Number(num);
  const below = Number(den);
  // Two conversions and a division, each within 2^-53.
  if (Number.isFinite(above) && Number.isFinite(below)) return above / below;
  if (num < 0n) return -toDouble(-num, den);
  // The quotient keeps at least 63 significant bits: cutting it off costs less than 2^-62, rounding it 2^-53.
  const shift = 64 - (bitLength(num) - bitLength(den));
  const quotient = shift >= 0 ? (num << BigInt(shift)) / den : num / (den << BigInt(-shift));
  return Number(quotient) * 2 ** -shift;
}

export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}

/** Right to within three bits, which is all that `toDouble` needs. */
const bitLength = (value: bigint): number => 4 * value.toString(16).length;
