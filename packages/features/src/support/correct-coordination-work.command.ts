import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { todayIn } from './circle.ts';
import { mayLogCoordinationWork } from './coordination-work.policy.ts';
import type { CoordinationWorkFields } from './coordination-work.schema.ts';
import { workColumns } from './log-coordination-work.command.ts';

export interface CorrectCoordinationWorkRequest {
  readonly territoryId: Id;
  readonly workId: string;
  readonly fields: CoordinationWorkFields;
}

export type CorrectCoordinationWorkRefusal = 'not-found' | 'note-in-the-future';

/** Corrects a line of one's own log. */
export async function correctCoordinationWork(
  ctx: Context,
  { territoryId, workId, fields }: CorrectCoordinationWorkRequest
): Promise<Verdict<Id, CorrectCoordinationWorkRefusal>> {
  if (!mayLogCoordinationWork(ctx.actor, territoryId) || !isId(workId)) return refuse('not-found');
  return transaction(ctx, 'correct-coordination-work', async (tx, ledger) => {
    if (fields.happenedOn! > (await todayIn(tx, ctx, territoryId))) return refuse('note-in-the-future');
    const { numUpdatedRows } = await tx
      .updateTable('coordination_work')
      .set({ ...(await workColumns(tx, territoryId, fields)), corrected_at: ctx.now })
      .set((row) => ({ version: row('version', '+', 1) }))
      .where('id', '=', workId)
      .where('territory_id', '=', territoryId)
      .where('written_by', '=', ctx.actor.accountId)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return refuse('not-found');
    ledger.about('coordination-work', workId, territoryId);
    return accept(workId);
  });
}
