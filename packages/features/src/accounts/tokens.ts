import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 24;

/** A secret for a link: 192 random bits, in characters that an address may hold. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** What the database keeps of a token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
