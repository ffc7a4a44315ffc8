import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Instant } from '@terreau/kernel/instants';

/** At most `hits` within `minutes`, counted from the first one. */
export interface RateLimit {
  readonly name: string;
  readonly hits: number;
  readonly minutes: number;
}

/** Per address of an account: a guesser is slowed down, its owner may still ask for a link. */
export const SIGN_IN_BY_ACCOUNT: RateLimit = { name: 'sign-in-account', hits: 10, minutes: 15 };
/** Per network address: wide enough for the shared connection of a neighbourhood's house. */
export const SIGN_IN_BY_ADDRESS: RateLimit = { name: 'sign-in-address', hits: 60, minutes: 15 };
/** Mails that one mailbox can be made to receive. */
export const MAILS_BY_ACCOUNT: RateLimit = { name: 'mail-account', hits: 5, minutes: 60 };
export const MAILS_BY_ADDRESS: RateLimit = { name: 'mail-address', hits: 40, minutes: 60 };
export const TOKENS_BY_ADDRESS: RateLimit = { name: 'token-address', hits: 60, minutes: 15 };
export const SECOND_STEP_BY_ADDRESS: RateLimit = { name: 'second-step-address', hits: 60, minutes: 15 };
/** Proofs asked again inside a session: password, one-time code. */
export const PROOFS_BY_ACCOUNT: RateLimit = { name: 'proof-account', hits: 10, minutes: 15 };
/** A code from the telephone serves once: two minutes outlast the ninety seconds in which it could be right. */
export const SAME_CODE_BY_ACCOUNT: RateLimit = { name: 'one-time-code', hits: 1, minutes: 2 };
export const INVITATIONS_BY_INVITER: RateLimit = { name: 'invitation-inviter', hits: 100, minutes: 24 * 60 };

/** Requests to the open interface: a program that copies a whole territory stays below, a loop gone wrong does not. */
export const REQUESTS_BY_ADDRESS: RateLimit = { name: 'api-address', hits: 600, minutes: 1 };

/** What is counted: the limit, and who or what it is counted for. */
export interface Counted {
  readonly limit: RateLimit;
  readonly who: string;
}

/** Whether the hit that made the count `hits`, in the window begun at `windowStartedAt`, is still within `limit`. */
export function checkHits(
  limit: RateLimit,
  hits: number,
  windowStartedAt: Instant,
  now: Instant
): Verdict<undefined, 'too-many-attempts'> {
  if (hits <= limit.hits) return accept();
  const elapsedMinutes = (now.getTime() - windowStartedAt.getTime()) / 60_000;
  return refuse('too-many-attempts', { minutes: Math.max(1, Math.ceil(limit.minutes - elapsedMinutes)) });
}

/**
 * The network of an address, to count by: an IPv4 address itself, the first 64 bits of an IPv6 address,
 * since one subscriber holds all the addresses behind them.
 */
export function networkOf(address: string): string {
  const bare = address
    .trim()
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, '');
  if (!bare.includes(':')) return bare;
  const [head = '', tail] = bare.split('::');
  const start = head === '' ? [] : head.split(':');
  const end = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - start.length - end.length)).fill('0');
  const groups = [...start, ...zeros, ...end].slice(0, 4);
  return groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':');
}
