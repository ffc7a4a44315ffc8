import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '@terreau/kernel/instants';
import * as v from 'valibot';

/* What an SMS gateway posts when a text message comes in, and the proof that it is that gateway. */

export const SIGNATURE_HEADER = 'terreau-signature';
export const INCOMING_MAX_BYTES = 20_000;
/** A message that somebody recorded is not played again later. */
const SIGNATURE_MAX_MINUTES = 10;

/** `t=<seconds>,v1=<hex>`: HMAC-SHA256, with the shared secret, of the seconds, a point and the body. */
export function signatureOf(secret: string, seconds: number, body: string): string {
  const hex = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${hex}`;
}

export function isSignedBy(secret: string, header: string | null, body: string, now: Instant): boolean {
  const seconds = Number(/^t=(\d{1,12}),v1=[0-9a-f]{64}$/.exec(header ?? '')?.[1] ?? NaN);
  if (!(Math.abs(now.getTime() / 1000 - seconds) <= SIGNATURE_MAX_MINUTES * 60)) return false;
  return timingSafeEqual(Buffer.from(header!), Buffer.from(signatureOf(secret, seconds, body)));
}

/** Null when the body is not a text message. */
export function readIncomingText(body: string): { id: string; from: string; text: string } | null {
  try {
    const read = v.safeParse(INCOMING, JSON.parse(body));
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}

const INCOMING = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  from: v.pipe(v.string(), v.minLength(3), v.maxLength(30)),
  text: v.pipe(v.string(), v.maxLength(INCOMING_MAX_BYTES), v.excludes('\u0000'))
});
