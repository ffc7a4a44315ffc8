/** A UUID of version 7 in lower-case text: sortable by the millisecond in which it was made (RFC 9562). */
export type Id = string;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether `text` can be an id of ours. Routes answer "not found" to anything else without asking the database. */
export function isId(text: unknown): text is Id {
  return typeof text === 'string' && UUID.test(text);
}

/**
 * A new UUIDv7: 48 bits of milliseconds since 1970, then 74 random bits.
 * The clock and the randomness may be given, so that tests and demonstrations can be repeated.
 */
export function newId(
  millisecondsSinceEpoch: number = Date.now(),
  random: Uint8Array = crypto.getRandomValues(new Uint8Array(10))
): Id {
  if (random.length < 10) throw new RangeError('newId needs ten random bytes');
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(millisecondsSinceEpoch) << 16n);
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
