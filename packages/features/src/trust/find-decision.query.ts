import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import { findContent } from './moderated-content.ts';
import type { SubjectKind } from './moderation.rules.ts';

export interface ReadDecision {
  readonly id: Id;
  readonly title: string;
  readonly outcome: string;
  readonly reason: string;
  readonly explanation: string | null;
  readonly decidedAt: Instant;
  readonly appealText: string | null;
  readonly appealedAt: Instant | null;
  readonly isAnswered: boolean;
  /** Whether the reader may contest it now. */
  readonly mayContest: boolean;
}

/** A decision, for the author of what it is about and the territory's staff; null for anybody else. */
export async function findDecision(
  ctx: Context,
  request: { readonly territoryId: Id; readonly decisionId: Id }
): Promise<ReadDecision | null> {
  if (!isId(request.decisionId) || ctx.actor.accountId === null) return null;
  return reading(ctx, async (tx) => {
    // Row-level security shows it to its author and to staff alone.
    const row = await tx
      .selectFrom('moderation_decision')
      .selectAll()
      .select(sql<boolean>`actor_wrote(subject_kind, subject_id)`.as('isOwn'))
      .where('id', '=', request.decisionId)
      .where('territory_id', '=', request.territoryId)
      .executeTakeFirst();
    if (!row) return null;
    const content = await findContent(tx, request.territoryId, row.subject_kind as SubjectKind, row.subject_id);
    const isContestable = (row.outcome === 'hidden' || row.outcome === 'refused') && row.appealed_at === null;
    return {
      id: row.id,
      title: content?.title ?? '',
      outcome: row.outcome,
      reason: row.reason,
      explanation: row.explanation,
      decidedAt: row.decided_at,
      appealText: row.appeal_text,
      appealedAt: row.appealed_at,
      isAnswered: row.appeal_decision_id !== null,
      mayContest: isContestable && row.isOwn && row.decided_by !== ctx.actor.accountId
    };
  });
}
