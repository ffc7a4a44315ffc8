/** Degrees, WGS84. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

const METRES_PER_DEGREE = 111_195;

/**
 * Metres between two points, as a whole number. Only additions, products, quotients and a square root are used, which
 * IEEE 754 rounds alike on every machine (sines and cosines are not): the same two points are as far apart everywhere.
 * On a plane laid at the mean latitude: within 1 % of the great circle up to 500 km in France.
 */
export function metresBetween(a: Point, b: Point): number {
  const north = (a.latitude - b.latitude) * METRES_PER_DEGREE;
  const turn = Math.abs(a.longitude - b.longitude);
  const east = Math.min(turn, 360 - turn) * METRES_PER_DEGREE * cosine((a.latitude + b.latitude) / 2);
  return Math.round(Math.sqrt(north * north + east * east));
}

/** The cosine of `degrees`, by its series: twelve terms are enough up to a right angle. */
export function cosine(degrees: number): number {
  const x = (degrees * Math.PI) / 180;
  let term = 1;
  let sum = 1;
  for (let n = 2; n <= 24; n += 2) {
    term *= (-x * x) / (n * (n - 1));
    sum += term;
  }
  return sum;
}
