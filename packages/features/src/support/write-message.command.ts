import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { workedDossier, type OwnDossier } from './circle.ts';
import { mayAdvise, maySpeakFor, mayWrite } from './support.policy.ts';
import { findThreadRow, insertPiece, publish, type ThreadRow } from './talk-rows.ts';
import type { Audience, MessageFields } from './talk.schema.ts';

export interface WriteMessageRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  /** The thread that is answered, or what a new one is about and for whom. */
  readonly to: { readonly threadId: string } | { readonly subject: string; readonly audience: Audience };
  readonly fields: MessageFields;
  /** The public address of the site, for the mails. */
  readonly origin: string;
}

export interface WrittenMessage {
  readonly threadId: Id;
  readonly messageId: Id;
  readonly isPublished: boolean;
}

export type WriteMessageRefusal =
  'not-found' | 'message-empty' | 'speaker-not-found' | 'recommendation-not-found' | 'room-not-yours';

/**
 * Writes a message in a thread of a dossier, or opens a thread with it; published at once, or kept as a draft to which
 * a recommendation, a contact or a document is added. Whoever accompanies may type what somebody without an account
 * said aloud: the message says so.
 */
export async function writeMessage(
  ctx: Context,
  { territoryId, dossierId, to, fields, origin }: WriteMessageRequest
): Promise<Verdict<WrittenMessage, WriteMessageRefusal>> {
  return transaction(
    ctx,
    'write-message',
    async (tx, ledger): Promise<Verdict<WrittenMessage, WriteMessageRefusal>> => {
      const own = await workedDossier(tx, ctx, territoryId, dossierId);
      if (!own || !mayWrite(own.role)) return refuse('not-found');
      const isPublished = fields.send === 'publish';
      if (isPublished && !fields.text && !fields.toState) return refuse('message-empty');
      if (fields.spokenBy && !(await maySpeakAloud(tx, own, fields.spokenBy))) return refuse('speaker-not-found');
      if (!('threadId' in to) && to.audience === 'advisers' && !mayAdvise(own.role)) return refuse('room-not-yours');
      const thread =
        'threadId' in to ? await findThreadRow(tx, own.row.id, to.threadId) : await start(tx, ctx, own, to);
      if (!thread) return refuse('not-found');
      const messageId = newId();
      const place = { messageId, dossierId: own.row.id, territoryId };
      await tx
        .insertInto('talk_message')
        .values({
          id: messageId,
          thread_id: thread.id,
          dossier_id: own.row.id,
          territory_id: territoryId,
          written_by: ctx.actor.accountId,
          spoken_by: fields.spokenBy,
          written_at: ctx.now
        })
        .execute();
      if (fields.recommendation && fields.toState) {
        if (!(await isRecommended(tx, thread, fields.recommendation))) return refuse('recommendation-not-found');
        await insertPiece(tx, place, {
          kind: 'state',
          recommendationId: fields.recommendation,
          toState: fields.toState
        });
      }
      if (fields.text) await insertPiece(tx, place, { kind: 'text', words: fields.text });
      if (isPublished) await publish(tx, ctx, ledger, own, thread, messageId, origin);
      ledger.about('dossier', own.row.id, territoryId, { thread: thread.id, message: messageId });
      return accept({ threadId: thread.id, messageId, isPublished });
    }
  );
}

async function start(
  tx: Tx,
  ctx: Context,
  own: OwnDossier,
  { subject, audience }: { subject: string; audience: Audience }
): Promise<ThreadRow> {
  const id = newId();
  await tx
    .insertInto('talk_thread')
    .values({
      id,
      dossier_id: own.row.id,
      territory_id: own.row.territory_id,
      audience,
      subject,
      started_by: ctx.actor.accountId,
      started_at: ctx.now,
      last_message_at: ctx.now
    })
    .execute();
  return { id, audience, subject, openedAt: null };
}

/** Only whoever accompanies types for somebody else, and only for somebody who has no account of their own. */
async function maySpeakAloud(tx: Tx, own: OwnDossier, memberId: Id): Promise<boolean> {
  if (!maySpeakFor(own.role)) return false;
  const member = await tx
    .selectFrom('dossier_member')
    .select('id')
    .where('id', '=', memberId)
    .where('dossier_id', '=', own.row.id)
    .where('account_id', 'is', null)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  return member !== undefined;
}

/** Recommended in this very thread, in a message that was published. */
async function isRecommended(tx: Tx, thread: ThreadRow, id: Id): Promise<boolean> {
  const row = await tx
    .selectFrom('talk_recommendation as recommendation')
    .innerJoin('talk_message as message', 'message.id', 'recommendation.message_id')
    .select('recommendation.id')
    .where('recommendation.id', '=', id)
    .where('recommendation.thread_id', '=', thread.id)
    .where('message.published_at', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}
