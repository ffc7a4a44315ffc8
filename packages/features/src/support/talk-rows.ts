import type { Context } from '@terreau/database/context';
import type { Ledger, Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { sql } from 'kysely';
import type { OwnDossier } from './circle.ts';
import { talkMail } from './talk-mails.ts';
import type { Audience, RecommendationState } from './talk.schema.ts';

/** A thread that the actor may read, with what a message of it needs. */
export interface ThreadRow {
  readonly id: Id;
  readonly audience: Audience;
  readonly subject: string;
  readonly openedAt: Date | null;
}

/** The thread of this dossier; null when there is none, or none for the actor. */
export async function findThreadRow(tx: Tx, dossierId: Id, threadId: string): Promise<ThreadRow | null> {
  if (!isId(threadId)) return null;
  const row = await tx
    .selectFrom('talk_thread')
    .select(['id', 'audience', 'subject', 'opened_at as openedAt'])
    .where('id', '=', threadId)
    .where('dossier_id', '=', dossierId)
    .executeTakeFirst();
  return row ? { ...row, audience: row.audience as Audience } : null;
}

export interface DraftRow {
  readonly id: Id;
  readonly thread: ThreadRow;
  readonly spokenBy: Id | null;
}

/** A draft of the actor's own in this dossier, locked; null for any other message. */
export async function findOwnDraft(tx: Tx, ctx: Context, dossierId: Id, messageId: string): Promise<DraftRow | null> {
  if (!isId(messageId)) return null;
  const row = await tx
    .selectFrom('talk_message')
    .select(['id', 'thread_id', 'spoken_by'])
    .where('id', '=', messageId)
    .where('dossier_id', '=', dossierId)
    .where('written_by', '=', ctx.actor.accountId)
    .where('published_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  const thread = row ? await findThreadRow(tx, dossierId, row.thread_id) : null;
  return row && thread ? { id: row.id, thread, spokenBy: row.spoken_by } : null;
}

export interface NewPiece {
  readonly kind: 'text' | 'recommendation' | 'state' | 'contact' | 'document';
  readonly words?: string | null;
  readonly recommendationId?: Id;
  readonly toState?: RecommendationState;
  readonly organizationId?: Id | null;
  readonly documentId?: Id;
}

/** Adds a piece at the end of a message that is still a draft. */
export async function insertPiece(
  tx: Tx,
  place: { readonly messageId: Id; readonly dossierId: Id; readonly territoryId: Id },
  piece: NewPiece
): Promise<void> {
  await tx
    .insertInto('talk_piece')
    .values({
      message_id: place.messageId,
      dossier_id: place.dossierId,
      territory_id: place.territoryId,
      position: sql<number>`(select coalesce(max(position), 0) + 1 from talk_piece where message_id = ${place.messageId})`,
      kind: piece.kind,
      words: piece.words ?? null,
      recommendation_id: piece.recommendationId ?? null,
      to_state: piece.toState ?? null,
      organization_id: piece.organizationId ?? null,
      document_id: piece.documentId ?? null
    })
    .execute();
}

/** How long after a mail nobody is told again that something waits in the same thread. */
export const TELL_AGAIN_MINUTES = 60;

/**
 * Publishes a draft: from now on it no longer changes, the states that it carries are in force, and the others of the
 * circle are told that something waits.
 */
export async function publish(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  own: OwnDossier,
  thread: ThreadRow,
  messageId: Id,
  origin: string
): Promise<void> {
  const moves = await tx
    .selectFrom('talk_piece')
    .select(['recommendation_id', 'to_state'])
    .where('message_id', '=', messageId)
    .where('kind', '=', 'state')
    .orderBy('position')
    .execute();
  for (const move of moves) {
    await tx
      .updateTable('talk_recommendation')
      .set({ state: move.to_state!, state_changed_at: ctx.now, state_changed_by: ctx.actor.accountId })
      .where('id', '=', move.recommendation_id!)
      .where('dossier_id', '=', own.row.id)
      .execute();
  }
  await tx.updateTable('talk_message').set({ published_at: ctx.now }).where('id', '=', messageId).execute();
  await tx
    .updateTable('talk_thread')
    .set({ opened_at: thread.openedAt ?? ctx.now, last_message_at: ctx.now })
    .where('id', '=', thread.id)
    .where('dossier_id', '=', own.row.id)
    .execute();
  await tellCircle(tx, ctx, ledger, own, thread, origin);
}

/** At most one mail an hour and a thread to each: it says that a message waits, and none of its words. */
async function tellCircle(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  own: OwnDossier,
  thread: ThreadRow,
  origin: string
): Promise<void> {
  const { id: dossierId, territory_id: territoryId } = own.row;
  const toldBefore = new Date(ctx.now.getTime() - TELL_AGAIN_MINUTES * 60_000);
  const { rows } = await sql<{ id: Id }>`
    insert into talk_reader (thread_id, account_id, dossier_id, territory_id, told_at)
    select ${thread.id}::uuid, m.account_id, ${dossierId}::uuid, ${territoryId}::uuid, ${ctx.now}::timestamptz
    from dossier_member m
    where m.dossier_id = ${dossierId} and m.left_at is null and m.account_id <> ${ctx.actor.accountId}
      and (${thread.audience} = 'circle' or m.role in ('facilitator', 'expert'))
    on conflict (thread_id, account_id) do update set told_at = excluded.told_at
      where talk_reader.told_at is null or talk_reader.told_at <= ${toldBefore}
    returning account_id as id`.execute(tx);
  if (rows.length === 0) return;
  const accounts = await tx
    .selectFrom('account')
    .select(['id', 'email', 'language'])
    .where(
      'id',
      'in',
      rows.map((row) => row.id)
    )
    .where('suspended_at', 'is', null)
    .execute();
  const territory = await tx
    .selectFrom('territory')
    .select(['slug', 'name'])
    .where('id', '=', territoryId)
    .executeTakeFirstOrThrow();
  const link = `${origin}/${territory.slug}/dossiers/${dossierId}/talk/${thread.id}`;
  for (const { id, email, language } of accounts) {
    ledger.send({
      channel: 'mail',
      recipient: email,
      accountId: id,
      territoryId,
      template: 'talk-message',
      foot: { kind: 'talk', language, origin },
      ...talkMail(language, { territory: territory.name, link })
    });
  }
}
