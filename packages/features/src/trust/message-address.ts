import { isMessageKind, type MessageKind } from '@terreau/database/message-kinds';
import { UNSUBSCRIBE_PURPOSE } from '@terreau/database/outbox';
import { readMessageKey, verified } from '@terreau/database/signed-address';
import type { Tx } from '@terreau/database/transaction';

/** What the end of a message proves: who reads it, by a digest alone, and of which kind the message was. */
export interface MessageAddress {
  readonly digest: string;
  readonly kind: MessageKind;
}

/** Reads the address that ends a message; null when the platform did not write it. The caller has the platform's rights. */
export async function readMessageAddress(tx: Tx, token: string): Promise<MessageAddress | null> {
  const value = verified(await readMessageKey(tx), UNSUBSCRIBE_PURPOSE, token);
  const [kind, digest] = value?.split('.') ?? [];
  return kind && digest && isMessageKind(kind) ? { kind, digest } : null;
}
