import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { placeInCircle, type PlaceRefusal } from './bring-into-circle.command.ts';
import { todayIn } from './circle.ts';
import { movedNeed, type ExpertAddress, type ExpertRefusal } from './expert-rows.ts';
import type { ExpertChoiceFields } from './expert.schema.ts';

export type ChooseExpertRefusal =
  ExpertRefusal | PlaceRefusal | 'proposal-not-found' | 'chosen-later' | 'dates-crossed';

/**
 * Writes down the choice that was made together, with who was there and why, and the mission that follows from it. Whoever
 * is chosen and has an account joins the circle as an expert.
 */
export async function chooseExpert(
  ctx: Context,
  { fields, ...address }: ExpertAddress & { readonly fields: ExpertChoiceFields }
): Promise<Verdict<Id, ChooseExpertRefusal>> {
  return transaction(ctx, 'choose-expert', async (tx, ledger) => {
    const own = await movedNeed(tx, ctx, address, 'choose');
    if (!own.ok) return own;
    const { row, need } = own.value;
    const proposal = await tx
      .selectFrom('expert_proposal')
      .select(['id', 'account_id'])
      .where('id', '=', fields.proposal)
      .where('need_id', '=', need.id)
      .executeTakeFirst();
    if (!proposal) return refuse('proposal-not-found');
    if (fields.chosenOn > (await todayIn(tx, ctx, address.territoryId))) return refuse('chosen-later');
    if (fields.endsOn < fields.startsOn) return refuse('dates-crossed');
    const member = await memberFor(
      tx,
      ctx,
      { dossierId: row.id, territoryId: address.territoryId },
      proposal.account_id
    );
    if (!member.ok) return member;
    const id = newId();
    await tx
      .insertInto('expert_mission')
      .values({
        id,
        need_id: need.id,
        dossier_id: row.id,
        territory_id: address.territoryId,
        proposal_id: proposal.id,
        member_id: member.value,
        chosen_on: fields.chosenOn,
        people_present: fields.peoplePresent,
        chosen_why: fields.chosenWhy,
        chosen_by: ctx.actor.accountId,
        starts_on: fields.startsOn,
        ends_on: fields.endsOn,
        planned_minutes: fields.missionTime,
        deliverable: fields.deliverable
      })
      .execute();
    ledger.about('dossier', row.id, address.territoryId, { need: need.id, joined: member.value !== null });
    return accept(id);
  });
}

/** The place of the expert in the circle: a new one, or theirs if another mission goes on; none without an account. */
async function memberFor(
  tx: Tx,
  ctx: Context,
  place: { readonly dossierId: Id; readonly territoryId: Id },
  accountId: Id | null
): Promise<Verdict<Id | null, PlaceRefusal>> {
  if (!accountId) return accept(null);
  const standing = await tx
    .selectFrom('dossier_member')
    .select('id')
    .where('dossier_id', '=', place.dossierId)
    .where('account_id', '=', accountId)
    .where('role', '=', 'expert')
    .where('left_at', 'is', null)
    .executeTakeFirst();
  return standing ? accept(standing.id) : placeInCircle(tx, ctx, { ...place, role: 'expert', accountId });
}
