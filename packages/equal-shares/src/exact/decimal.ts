/** Decimals as written in a file, read without loss: `12.50` is { digits: 1250n, scale: 2 } before trimming, 125 and 1 after. */
export interface Decimal {
  readonly digits: bigint;
  /** How many of the digits stand after the point. */
  readonly scale: number;
}

/** Longest number taken from a file, in characters. */
export const NUMBER_CHARACTERS = 40;

const FORM = /^([+-]?)(\d+)(?:\.(\d*))?$|^([+-]?)\.(\d+)$/;

/** Null when the text is not a plain decimal: digits, at most one point, an optional sign; no exponent, no thousands mark. */
export function parseDecimal(text: string): Decimal | null {
  if (text.length > NUMBER_CHARACTERS) return null;
  const match = FORM.exec(text);
  if (match === null) return null;
  const fraction = (match[3] ?? match[5] ?? '').replace(/0+$/, '');
  const digits = BigInt((match[2] ?? '') + fraction || '0');
  return { digits: (match[1] ?? match[4]) === '-' ? -digits : digits, scale: fraction.length };
}

/** The decimal as a whole number of units of 10^-scale; `scale` must not be below the decimal's own. */
export const atScale = (value: Decimal, scale: number): bigint => value.digits * 10n ** BigInt(scale - value.scale);

/** `125`, 1 → `12.5`: back to the shortest text that reads the same. */
export function decimalFromScale(units: bigint, scale: number): string {
  if (scale === 0) return units.toString();
  const sign = units < 0n ? '-' : '';
  const plain = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const fraction = plain.slice(-scale).replace(/0+$/, '');
  return sign + plain.slice(0, -scale) + (fraction === '' ? '' : `.${fraction}`);
}
