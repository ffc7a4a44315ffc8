import type { Context } from '@terreau/database/context';
import type { MessageKind } from '@terreau/database/message-kinds';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { asPlatform } from './as-platform.ts';
import { readMessageAddress } from './message-address.ts';

export interface ChooseMessagesRequest {
  /** The signed address at the end of a message. */
  readonly token: string;
  /** All the kinds refused from now on; `this-one`: the kind of the message, besides those refused before. */
  readonly refused: readonly MessageKind[] | 'this-one';
}

/** Whoever holds a message says which kinds they no longer want, without an account. Doing it twice changes nothing. */
export async function chooseMessages(
  ctx: Context,
  request: ChooseMessagesRequest
): Promise<Verdict<undefined, 'not-found'>> {
  return transaction(ctx, 'choose-messages', (tx) =>
    asPlatform(tx, async () => {
      const address = await readMessageAddress(tx, request.token);
      if (!address) return refuse('not-found');
      const { digest, kind } = address;
      const refused = request.refused === 'this-one' ? [kind] : request.refused;
      if (request.refused !== 'this-one') {
        await tx.deleteFrom('unsubscription').where('recipient_digest', '=', digest).execute();
      }
      if (refused.length > 0) {
        await tx
          .insertInto('unsubscription')
          .values(refused.map((each) => ({ recipient_digest: digest, kind: each, decided_at: ctx.now })))
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
      return accept();
    })
  );
}
