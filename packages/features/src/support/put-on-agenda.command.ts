import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { todayIn } from './circle.ts';
import { ownCommittee } from './committee-rows.ts';
import { checkCommitteeMove, type CommitteeMoveRefusal } from './committee.rules.ts';
import type { AgendaItemFields } from './committee.schema.ts';
import { plannedDossier, type PlanRefusal } from './plan-rows.ts';

export interface PutOnAgendaRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly fields: AgendaItemFields;
}

export type PutOnAgendaRefusal =
  | PlanRefusal
  | CommitteeMoveRefusal
  | 'committee-not-found'
  | 'consent-not-theirs'
  | 'consent-later'
  | 'on-agenda-already'
  | 'agenda-full';

const AGENDA_MAX_COUNT = 20;

/**
 * Puts a dossier on the agenda of a committee, with the consent of the structure in the same row: who of it agreed, when,
 * how, and what is shown. Nothing else of the dossier becomes visible to anybody.
 */
export async function putOnAgenda(
  ctx: Context,
  { territoryId, dossierId, fields }: PutOnAgendaRequest
): Promise<Verdict<Id, PutOnAgendaRefusal>> {
  return transaction(ctx, 'put-on-agenda', async (tx, ledger) => {
    const own = await plannedDossier(tx, ctx, territoryId, dossierId);
    if (!own.ok) return own;
    const { row, memberId } = own.value;
    const committee = await ownCommittee(tx, ctx, { territoryId, committeeId: fields.committee });
    if (!committee) return refuse('committee-not-found');
    const verdict = checkCommitteeMove(committee.phase, ['circle'], 'put-on-agenda');
    if (!verdict.ok) return verdict;
    if (!(await isOfStructure(tx, row.id, fields.consentedBy))) return refuse('consent-not-theirs');
    // On a page one agrees for oneself; what somebody else said is oral, by telephone or on paper.
    if (fields.channel === 'page' && fields.consentedBy !== memberId) return refuse('consent-not-theirs');
    if (fields.consentedOn > (await todayIn(tx, ctx, territoryId))) return refuse('consent-later');
    const standing = await tx
      .selectFrom('committee_item')
      .select('dossier_id')
      .where('committee_id', '=', committee.row.id)
      .where('withdrawn_at', 'is', null)
      .execute();
    if (standing.some((item) => item.dossier_id === row.id)) return refuse('on-agenda-already');
    if (standing.length >= AGENDA_MAX_COUNT) return refuse('agenda-full', { max: AGENDA_MAX_COUNT });
    const id = newId();
    await tx
      .insertInto('committee_item')
      .values({
        id,
        committee_id: committee.row.id,
        dossier_id: row.id,
        territory_id: territoryId,
        consented_member_id: fields.consentedBy,
        consented_on: fields.consentedOn,
        channel: fields.channel,
        title: fields.title,
        step: fields.showsStep ? row.step : null,
        summary: fields.summary,
        recorded_by: ctx.actor.accountId,
        recorded_at: ctx.now
      })
      .execute();
    ledger.about('dossier', row.id, territoryId, { committee: committee.row.id });
    return accept(id);
  });
}

/** Somebody of the structure, in the circle now. */
async function isOfStructure(tx: Tx, dossierId: Id, memberId: Id): Promise<boolean> {
  const row = await tx
    .selectFrom('dossier_member')
    .select('id')
    .where('id', '=', memberId)
    .where('dossier_id', '=', dossierId)
    .where('role', 'in', ['carrier', 'member'])
    .where('left_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
