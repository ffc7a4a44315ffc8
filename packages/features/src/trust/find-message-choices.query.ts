import type { Context } from '@terreau/database/context';
import { isMessageKind, type MessageKind } from '@terreau/database/message-kinds';
import { reading } from '@terreau/database/transaction';
import { asPlatform } from './as-platform.ts';
import { readMessageAddress } from './message-address.ts';

/** What whoever opened the address of a message may choose, and what they refused so far. */
export interface MessageChoices {
  /** The kind of the message from which they come. */
  readonly kind: MessageKind;
  readonly refused: readonly MessageKind[];
}

/** The choices behind the signed address of a message; null when the platform did not write it. Opening changes nothing. */
export async function findMessageChoices(ctx: Context, token: string): Promise<MessageChoices | null> {
  return reading(ctx, (tx) =>
    asPlatform(tx, async () => {
      const address = await readMessageAddress(tx, token);
      if (!address) return null;
      const rows = await tx
        .selectFrom('unsubscription')
        .select('kind')
        .where('recipient_digest', '=', address.digest)
        .orderBy('kind')
        .execute();
      return { kind: address.kind, refused: rows.map((row) => row.kind).filter(isMessageKind) };
    })
  );
}
