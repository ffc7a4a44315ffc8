import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { newId } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { itemOf, movedCommittee, type CommitteeAddress, type CommitteeRefusal } from './committee-rows.ts';
import type { TaskFields } from './committee.schema.ts';

const TASKS_MAX_COUNT = 20;

/** Adds something to be done after the committee: what, who, by when. */
export async function addCommitteeTask(
  ctx: Context,
  { fields, ...address }: CommitteeAddress & { readonly fields: TaskFields }
): Promise<Verdict<undefined, CommitteeRefusal | 'too-many-tasks'>> {
  return transaction(ctx, 'add-committee-task', async (tx, ledger) => {
    const own = await movedCommittee(tx, ctx, address, 'add-task');
    if (!own.ok) return own;
    const item = await itemOf(tx, own.value.row.id, fields.item);
    if (!item) return refuse('not-found');
    const { count } = await tx
      .selectFrom('committee_task')
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('item_id', '=', item.id)
      .executeTakeFirstOrThrow();
    if (Number(count) >= TASKS_MAX_COUNT) return refuse('too-many-tasks', { max: TASKS_MAX_COUNT });
    await tx
      .insertInto('committee_task')
      .values({
        id: newId(),
        item_id: item.id,
        dossier_id: item.dossier_id,
        territory_id: address.territoryId,
        what: fields.what,
        who: fields.who,
        due_on: fields.dueOn,
        written_by: ctx.actor.accountId,
        written_at: ctx.now
      })
      .execute();
    ledger.about('committee', own.value.row.id, address.territoryId, { item: item.id });
    return accept();
  });
}
