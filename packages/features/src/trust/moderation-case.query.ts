import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { findContent, type ModeratedContent } from './moderated-content.ts';
import type { SubjectKind } from './moderation.rules.ts';
import { mayModerate } from './trust.policy.ts';

const FLAGS_SHOWN_MAX_COUNT = 50;
const DECISIONS_SHOWN_MAX_COUNT = 20;

export interface ModerationCase {
  readonly content: ModeratedContent;
  /** Who flagged it is not shown: it would weigh on the decision. */
  readonly flags: readonly { id: Id; reason: string; details: string | null; receivedAt: Instant }[];
  readonly decisions: readonly {
    id: Id;
    outcome: string;
    reason: string;
    explanation: string | null;
    decidedAt: Instant;
    appealText: string | null;
    isAppealOpen: boolean;
  }[];
}

/** One case with its context: the content, its open flags, what was decided before. Null for whoever may not know. */
export async function moderationCase(
  ctx: Context,
  request: { readonly territoryId: Id; readonly kind: SubjectKind; readonly id: Id }
): Promise<ModerationCase | null> {
  const { territoryId, kind, id } = request;
  if (!mayModerate(ctx.actor, territoryId)) return null;
  return reading(ctx, async (tx) => {
    const content = await findContent(tx, territoryId, kind, id);
    if (!content) return null;
    const flags = await tx
      .selectFrom('flag')
      .select(['id', 'reason', 'details', 'received_at as receivedAt'])
      .where('territory_id', '=', territoryId)
      .where('subject_kind', '=', kind)
      .where('subject_id', '=', id)
      .where('decision_id', 'is', null)
      .orderBy('id', 'desc')
      .limit(FLAGS_SHOWN_MAX_COUNT)
      .execute();
    const decisions = await tx
      .selectFrom('moderation_decision')
      .select(['id', 'outcome', 'reason', 'explanation', 'decided_at as decidedAt'])
      .select(['appeal_text as appealText', 'appealed_at', 'appeal_decision_id'])
      .where('territory_id', '=', territoryId)
      .where('subject_kind', '=', kind)
      .where('subject_id', '=', id)
      .orderBy('id', 'desc')
      .limit(DECISIONS_SHOWN_MAX_COUNT)
      .execute();
    return {
      content,
      flags,
      decisions: decisions.map(({ appealed_at, appeal_decision_id, ...decision }) => ({
        ...decision,
        isAppealOpen: appealed_at !== null && appeal_decision_id === null
      }))
    };
  });
}
