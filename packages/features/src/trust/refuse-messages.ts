import { MESSAGE_KINDS } from '@terreau/database/message-kinds';
import { digestOfRecipient, readMessageKey } from '@terreau/database/signed-address';
import type { Tx } from '@terreau/database/transaction';
import type { Instant } from '@terreau/kernel/instants';

/** Every kind of message that may be refused is, for this address or number. The caller has the platform's rights. */
export async function refuseMessages(tx: Tx, recipient: string, now: Instant): Promise<void> {
  const digest = digestOfRecipient(await readMessageKey(tx), recipient);
  await tx
    .insertInto('unsubscription')
    .values(MESSAGE_KINDS.map((kind) => ({ recipient_digest: digest, kind, decided_at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
