import type { Context } from '@terreau/database/context';
import { witnessed, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import { headOf, ownDossier, type DossierHead, type OwnDossier } from './circle.ts';
import type { CircleRole } from './dossier-life.rules.ts';
import { peopleWithoutAccount } from './list-threads.query.ts';
import { maySpeakFor, mayWrite } from './support.policy.ts';
import { piecesOf, type ShownPiece } from './talk-pieces.query.ts';
import { findThreadRow } from './talk-rows.ts';
import type { Audience, RecommendationState } from './talk.schema.ts';

export const MESSAGES_PAGE_ROWS = 30;

export interface ShownMessage {
  readonly id: Id;
  readonly by: string | null;
  readonly role: CircleRole | null;
  /** Who said it aloud, when somebody else typed it. */
  readonly spokenBy: string | null;
  readonly publishedAt: Instant;
  readonly isOwn: boolean;
  readonly pieces: readonly ShownPiece[];
}

export interface ThreadSheet {
  readonly head: DossierHead;
  readonly id: Id;
  readonly subject: string;
  readonly audience: Audience;
  readonly mayWrite: boolean;
  readonly messages: readonly ShownMessage[];
  /** What is to be given back as `before` for the messages before these. */
  readonly earlier: string | null;
  /** The reader's own drafts in this thread. */
  readonly drafts: readonly Id[];
  readonly recommendations: readonly { readonly id: Id; readonly title: string; readonly state: RecommendationState }[];
  /** People without an account for whom the reader may type. */
  readonly speakers: readonly { readonly id: Id; readonly name: string }[];
  readonly withoutAccount: readonly string[];
}

/**
 * A thread with its last messages, oldest of them first; null for whoever may not read it. The look is written down,
 * and what was new is no longer.
 */
export async function findThread(
  ctx: Context,
  request: {
    readonly territoryId: Id;
    readonly dossierId: string;
    readonly threadId: string;
    readonly before?: string | undefined;
    /** Read on a page, or taken away on paper. */
    readonly take?: 'page' | 'export';
  }
): Promise<ThreadSheet | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, request.territoryId, request.dossierId);
    const thread = own && (await findThreadRow(tx, own.row.id, request.threadId));
    if (!thread) return null;
    const what = thread.audience === 'circle' ? 'talk' : 'advisers';
    saw({ dossierId: own.row.id, territoryId: request.territoryId, as: own.role, kind: request.take ?? 'page', what });
    const rows = await messagesOf(tx, ctx, thread.id, request.before);
    const shown = rows.slice(0, MESSAGES_PAGE_ROWS);
    const pieces = await piecesOf(
      tx,
      shown.map((row) => row.id)
    );
    const first = shown.at(-1);
    if (ctx.actor.accountId) await markRead(tx, ctx, own, thread.id);
    const without = await peopleWithoutAccount(tx, own.row.id);
    const isWriter = own.isActive && mayWrite(own.role);
    return {
      head: headOf(own),
      id: thread.id,
      subject: thread.subject,
      audience: thread.audience,
      mayWrite: isWriter,
      messages: shown.toReversed().map((row) => ({ ...row, pieces: pieces.get(row.id) ?? [] })),
      earlier: rows.length > MESSAGES_PAGE_ROWS && first ? `${first.publishedAt.toISOString()}_${first.id}` : null,
      drafts: await draftsOf(tx, ctx, thread.id),
      recommendations: await recommendationsOf(tx, thread.id),
      speakers: own.isActive && maySpeakFor(own.role) ? without : [],
      withoutAccount: thread.audience === 'circle' ? without.map(({ name }) => name) : []
    };
  });
}

async function messagesOf(
  tx: Tx,
  ctx: Context,
  threadId: Id,
  before: string | undefined
): Promise<Omit<ShownMessage, 'pieces'>[]> {
  const [at, id] = before?.split('_') ?? [];
  const isBefore = isId(id) && !Number.isNaN(Date.parse(at ?? ''));
  const { rows } = await sql<Omit<ShownMessage, 'pieces'>>`
    select m.id, a.name as by, m.published_at as "publishedAt", m.written_by = ${ctx.actor.accountId} as "isOwn",
      (select d.role from dossier_member d where d.dossier_id = m.dossier_id and d.account_id = m.written_by
       order by d.left_at desc nulls first limit 1) as role,
      coalesce(sp.display_name, sa.name) as "spokenBy"
    from talk_message m
      left join account a on a.id = m.written_by
      left join dossier_member s on s.id = m.spoken_by
      left join person sp on sp.id = s.person_id
      left join account sa on sa.id = s.account_id
    where m.thread_id = ${threadId} and m.published_at is not null
      ${isBefore ? sql`and (m.published_at, m.id) < (${new Date(at!)}::timestamptz, ${id}::uuid)` : sql``}
    order by m.published_at desc, m.id desc limit ${MESSAGES_PAGE_ROWS + 1}`.execute(tx);
  return rows;
}

async function draftsOf(tx: Tx, ctx: Context, threadId: Id): Promise<Id[]> {
  const rows = await tx
    .selectFrom('talk_message')
    .select('id')
    .where('thread_id', '=', threadId)
    .where('published_at', 'is', null)
    .where('written_by', '=', ctx.actor.accountId)
    .orderBy('id')
    .limit(5)
    .execute();
  return rows.map((row) => row.id);
}

async function recommendationsOf(tx: Tx, threadId: Id): Promise<ThreadSheet['recommendations']> {
  const rows = await tx
    .selectFrom('talk_recommendation as recommendation')
    .innerJoin('talk_message as message', 'message.id', 'recommendation.message_id')
    .select(['recommendation.id', 'title', 'state'])
    .where('recommendation.thread_id', '=', threadId)
    .where('published_at', 'is not', null)
    .orderBy('recommendation.id')
    .limit(100)
    .execute();
  return rows.map((row) => ({ ...row, state: row.state as RecommendationState }));
}

async function markRead(tx: Tx, ctx: Context, own: OwnDossier, threadId: Id): Promise<void> {
  await tx
    .insertInto('talk_reader')
    .values({
      thread_id: threadId,
      account_id: ctx.actor.accountId!,
      dossier_id: own.row.id,
      territory_id: own.row.territory_id,
      read_at: ctx.now
    })
    .onConflict((conflict) => conflict.columns(['thread_id', 'account_id']).doUpdateSet({ read_at: ctx.now }))
    .execute();
}
