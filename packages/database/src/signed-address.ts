import { createHmac, timingSafeEqual } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { DB } from './schema.ts';

/** 128 bits, in base64url: enough that nobody guesses one, short enough for a text message. */
const SIGNATURE_CHARACTERS = 22;

/** The key of the platform's messages. Only the platform itself may read it: the caller has its rights. */
export async function readMessageKey(tx: Transaction<DB>): Promise<string> {
  const { rows } = await sql<{ secret: string }>`select secret from message_key`.execute(tx);
  return rows[0]!.secret;
}

/** What is kept of an address: the same however it was typed, and of use to nobody without the key. */
export function digestOfRecipient(key: string, recipient: string): string {
  return signature(key, 'recipient', recipient.toLowerCase().replace(/\s/g, ''));
}

/** `value` with the proof that the platform wrote it, for the end of an address. `purpose` forbids using it elsewhere. */
export function signed(key: string, purpose: string, value: string): string {
  return `${value}.${signature(key, purpose, value)}`;
}

/** The value of {@link signed}; null when it was not signed with this key for this purpose. */
export function verified(key: string, purpose: string, token: string): string | null {
  const at = token.lastIndexOf('.');
  if (at < 1) return null;
  const [value, given] = [token.slice(0, at), Buffer.from(token.slice(at + 1))];
  const expected = Buffer.from(signature(key, purpose, value));
  return given.length === expected.length && timingSafeEqual(given, expected) ? value : null;
}

function signature(key: string, purpose: string, value: string): string {
  return createHmac('sha256', key).update(`${purpose}:${value}`).digest('base64url').slice(0, SIGNATURE_CHARACTERS);
}
