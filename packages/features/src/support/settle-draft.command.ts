import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { workedDossier } from './circle.ts';
import { findOwnDraft, publish } from './talk-rows.ts';

export interface SettleDraftRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly messageId: string;
  readonly how: 'publish' | 'drop';
  readonly origin: string;
}

/** Publishes a draft of one's own, or throws it away; a thread that held nothing else goes with it. Answers the thread. */
export async function settleDraft(
  ctx: Context,
  { territoryId, dossierId, messageId, how, origin }: SettleDraftRequest
): Promise<Verdict<Id, 'not-found' | 'message-empty'>> {
  return transaction(ctx, 'settle-draft', async (tx, ledger): Promise<Verdict<Id, 'not-found' | 'message-empty'>> => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    const draft = own && (await findOwnDraft(tx, ctx, own.row.id, messageId));
    if (!draft) return refuse('not-found');
    ledger.about('dossier', own.row.id, territoryId, { message: draft.id, how });
    if (how === 'publish') {
      const piece = await tx
        .selectFrom('talk_piece')
        .select('id')
        .where('message_id', '=', draft.id)
        .limit(1)
        .executeTakeFirst();
      if (!piece) return refuse('message-empty');
      await publish(tx, ctx, ledger, own, draft.thread, draft.id, origin);
      return accept(draft.thread.id);
    }
    await tx.deleteFrom('talk_message').where('id', '=', draft.id).where('dossier_id', '=', own.row.id).execute();
    if (draft.thread.openedAt === null) {
      await tx
        .deleteFrom('talk_thread')
        .where('id', '=', draft.thread.id)
        .where('dossier_id', '=', own.row.id)
        .where('opened_at', 'is', null)
        .where((where) =>
          where.not(
            where.exists(where.selectFrom('talk_message').select('id').where('thread_id', '=', draft.thread.id))
          )
        )
        .execute();
    }
    return accept(draft.thread.id);
  });
}
