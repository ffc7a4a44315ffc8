import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { maySeeHistory } from './directory.policy.ts';

export const HISTORY_PAGE_ROWS = 50;

export interface HistoryEntry {
  readonly id: Id;
  readonly subjectKind: string;
  /** Name of the place, service or post that changed; null for the organisation, or when it was removed. */
  readonly subjectName: string | null;
  readonly field: string;
  readonly previous: unknown;
  readonly value: unknown;
  readonly at: Instant;
  readonly byHand: boolean;
  /** The account's name, for whoever may see the history. */
  readonly author: string | null;
  readonly source: string | null;
}

export interface HistoryPage {
  readonly name: string;
  readonly entries: HistoryEntry[];
  readonly next: Id | null;
}

/** What changed on a sheet, newest first, for its owner and the territory's staff; null otherwise. */
export async function organizationHistory(
  ctx: Context,
  request: { readonly territoryId: Id; readonly organizationId: Id; readonly after?: string }
): Promise<HistoryPage | null> {
  const { territoryId, organizationId, after } = request;
  if (!isId(organizationId)) return null;
  return reading(ctx, async (tx) => {
    const sheet = await tx
      .selectFrom('organization')
      .select(['name', 'created_by'])
      .where('id', '=', organizationId)
      .where('territory_id', '=', territoryId)
      .executeTakeFirst();
    if (!sheet || !maySeeHistory(ctx.actor, { id: organizationId, territoryId, createdBy: sheet.created_by }))
      return null;
    const rows = await tx
      .selectFrom('field_change as c')
      .leftJoin('account', 'account.id', 'c.changed_by')
      .leftJoin('place', 'place.id', 'c.subject_id')
      .leftJoin('service', 'service.id', 'c.subject_id')
      .leftJoin('post', 'post.id', 'c.subject_id')
      .select(['c.id', 'c.subject_kind as subjectKind', 'c.field', 'c.previous', 'c.value', 'c.changed_at as at'])
      .select(['c.by_hand as byHand', 'account.name as author', 'c.source'])
      .select((select) =>
        select.fn.coalesce('place.label', 'place.address', 'service.name', 'post.title').as('subjectName')
      )
      .where('c.organization_id', '=', organizationId)
      .$if(isId(after), (query) => query.where('c.id', '<', after!))
      .orderBy('c.id', 'desc')
      .limit(HISTORY_PAGE_ROWS + 1)
      .execute();
    const entries = rows.slice(0, HISTORY_PAGE_ROWS);
    return { name: sheet.name, entries, next: rows.length > HISTORY_PAGE_ROWS ? entries.at(-1)!.id : null };
  });
}
