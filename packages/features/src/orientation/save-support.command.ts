import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { localDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { timeZoneOf } from '../directory/time-zone.ts';
import { keepsCatalogue } from './support.policy.ts';
import { follows, isOwnNeighbourhood, lockSupport, supportColumns } from './support-rows.ts';
import type { SupportFields } from './support.schema.ts';

export interface SaveSupportRequest {
  readonly territoryId: Id;
  /** Null: a new sheet. */
  readonly supportId: Id | null;
  readonly fields: SupportFields;
  /** "I compared it with its source today." */
  readonly isChecked: boolean;
  readonly isDraft: boolean;
}

export type SaveSupportRefusal = 'not-found' | 'follows-a-sheet' | 'neighbourhood-unknown' | 'source-missing';

/** Writes a sheet of the territory's own, new or changed. What follows the directory is changed in the directory. */
export async function saveSupport(ctx: Context, request: SaveSupportRequest): Promise<Verdict<Id, SaveSupportRefusal>> {
  const { territoryId, supportId, fields } = request;
  return transaction(ctx, supportId ? 'edit-support' : 'add-support', async (tx, ledger) => {
    if (!keepsCatalogue(ctx.actor, territoryId) || !isId(territoryId)) return refuse('not-found');
    const row = supportId ? await lockSupport(tx, ctx, territoryId, supportId) : null;
    if (row === undefined) return refuse('not-found');
    if (row && follows(row)) return refuse('follows-a-sheet');
    if (!(await isOwnNeighbourhood(tx, territoryId, fields.neighbourhoodId))) return refuse('neighbourhood-unknown');
    // Without its source nobody could check a funding sheet again.
    if (fields.kind === 'funding' && !request.isDraft && fields.sourceUrl === null) return refuse('source-missing');
    const today = localDate(ctx.now, await timeZoneOf(tx, territoryId));
    const values = {
      ...supportColumns(fields),
      ...(request.isChecked ? { checked_on: today, checked_by: ctx.actor.accountId } : {}),
      updated_at: ctx.now
    };
    const status = request.isDraft ? 'draft' : row && row.status !== 'draft' ? row.status : 'published';
    const saved = row
      ? await tx
          .updateTable('support')
          .set({ ...values, status })
          .where('id', '=', row.id)
          .where('territory_id', '=', territoryId)
          .returning('id')
          .executeTakeFirstOrThrow()
      : await tx
          .insertInto('support')
          .values({
            ...values,
            territory_id: territoryId,
            status,
            created_by: ctx.actor.accountId,
            created_at: ctx.now
          })
          .returning('id')
          .executeTakeFirstOrThrow();
    ledger.about('support', saved.id, territoryId, { kind: fields.kind, status, checked: request.isChecked });
    return accept(saved.id);
  });
}
