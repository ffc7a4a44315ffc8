import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { plusLocalDays } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { todayIn } from './circle.ts';
import { AGENDA_READ_DAYS } from './committee.rules.ts';
import type { CommitteeFields } from './committee.schema.ts';
import { mayOpenCommittee } from './support.policy.ts';

export type OpenCommitteeRefusal = 'not-found' | 'agenda-past' | 'held-before-agenda' | 'held-too-late';

/** Opens a support committee: the day from which its members read the agenda, and the day on which it meets. */
export async function openCommittee(
  ctx: Context,
  { territoryId, fields }: { readonly territoryId: Id; readonly fields: CommitteeFields }
): Promise<Verdict<Id, OpenCommitteeRefusal>> {
  if (!mayOpenCommittee(ctx.actor, territoryId)) return refuse('not-found');
  return transaction(ctx, 'open-committee', async (tx, ledger) => {
    if (fields.agendaOn < (await todayIn(tx, ctx, territoryId))) return refuse('agenda-past');
    if (fields.heldOn < fields.agendaOn) return refuse('held-before-agenda');
    if (fields.heldOn > plusLocalDays(fields.agendaOn, AGENDA_READ_DAYS)) {
      return refuse('held-too-late', { max: AGENDA_READ_DAYS });
    }
    const id = newId();
    await tx
      .insertInto('committee')
      .values({
        id,
        territory_id: territoryId,
        agenda_on: fields.agendaOn,
        held_on: fields.heldOn,
        place: fields.place,
        opened_by: ctx.actor.accountId,
        opened_at: ctx.now
      })
      .execute();
    ledger.about('committee', id, territoryId);
    return accept(id);
  });
}
