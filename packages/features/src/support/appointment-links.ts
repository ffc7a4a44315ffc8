import { readMessageKey, signed, verified } from '@terreau/database/signed-address';
import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';

/** What the address is signed for: it answers about one appointment, for one person, and opens nothing else. */
const PURPOSE = 'appointment-answer';
const TOKEN_MAX_CHARACTERS = 100;

/**
 * Where each of `participantIds` answers without an account: nothing is kept of it, and it leads nowhere once they are
 * no longer invited. The caller has the platform's rights.
 */
export async function answerLinks(tx: Tx, origin: string, participantIds: readonly Id[]): Promise<Map<Id, string>> {
  const key = await readMessageKey(tx);
  return new Map(participantIds.map((id) => [id, `${origin}/appointments/${signed(key, PURPOSE, id)}`]));
}

/** For whom an address was signed; null when it was not, by the platform and for this. The caller has its rights. */
export async function readAnswerLink(tx: Tx, token: string): Promise<Id | null> {
  if (token.length > TOKEN_MAX_CHARACTERS) return null;
  const id = verified(await readMessageKey(tx), PURPOSE, token);
  return id !== null && isId(id) ? id : null;
}
