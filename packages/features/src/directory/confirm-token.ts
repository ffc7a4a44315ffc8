import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits; only the hash is stored. */
const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export function newConfirmToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

export function isConfirmToken(token: string): boolean {
  return TOKEN.test(token);
}

export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
