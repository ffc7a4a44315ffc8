import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import type { RecommendationState } from './talk.schema.ts';

/** One piece of a message, as a page shows it. */
export interface ShownPiece {
  readonly id: Id;
  readonly messageId: Id;
  readonly kind: 'text' | 'recommendation' | 'state' | 'contact' | 'document';
  readonly words: string | null;
  /** The recommendation that was made, or of which the state changed; its state is the one in force. */
  readonly recommendation: {
    readonly id: Id;
    readonly title: string;
    readonly why: string | null;
    readonly dueOn: LocalDate | null;
    readonly state: RecommendationState;
    readonly supportId: Id | null;
    readonly organizationId: Id | null;
  } | null;
  readonly toState: RecommendationState | null;
  readonly organization: {
    readonly id: Id;
    readonly name: string;
    readonly phone: string | null;
    readonly email: string | null;
  } | null;
  /** Null when the document was removed since. */
  readonly documentId: Id | null;
}

interface PieceRow {
  readonly id: Id;
  readonly messageId: Id;
  readonly kind: ShownPiece['kind'];
  readonly words: string | null;
  readonly toState: RecommendationState | null;
  readonly documentId: Id | null;
  readonly recommendationId: Id | null;
  readonly title: string | null;
  readonly why: string | null;
  readonly dueOn: LocalDate | null;
  readonly state: RecommendationState | null;
  readonly supportId: Id | null;
  readonly recommendedOrganizationId: Id | null;
  readonly organizationId: Id | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
}

/** The pieces of these messages in their order, with the sheets that they name where these are still published. */
export async function piecesOf(tx: Tx, messageIds: readonly Id[]): Promise<Map<Id, ShownPiece[]>> {
  if (messageIds.length === 0) return new Map();
  const { rows } = await sql<PieceRow>`
    select p.id, p.message_id as "messageId", p.kind, p.words, p.to_state as "toState", p.document_id as "documentId",
      r.id as "recommendationId", r.title, r.why, r.due_on::text as "dueOn", r.state, s.id as "supportId",
      ro.id as "recommendedOrganizationId", o.id as "organizationId", o.name, o.phone, o.email
    from talk_piece p
      left join talk_recommendation r on r.id = p.recommendation_id
      left join support s on s.id = r.support_id and s.status = 'published'
      left join organization ro on ro.id = r.organization_id and ro.status = 'published'
      left join organization o on o.id = p.organization_id and o.status = 'published'
    where p.message_id = any(${[...messageIds]}::uuid[])
    order by p.message_id, p.position`.execute(tx);
  return Map.groupBy(rows.map(shown), (piece) => piece.messageId);
}

function shown(row: PieceRow): ShownPiece {
  return {
    id: row.id,
    messageId: row.messageId,
    kind: row.kind,
    words: row.words,
    recommendation: row.recommendationId
      ? {
          id: row.recommendationId,
          title: row.title!,
          why: row.why,
          dueOn: row.dueOn,
          state: row.state!,
          supportId: row.supportId,
          organizationId: row.recommendedOrganizationId
        }
      : null,
    toState: row.toState,
    organization: row.organizationId
      ? { id: row.organizationId, name: row.name!, phone: row.phone, email: row.email }
      : null,
    documentId: row.documentId
  };
}
