import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { todayIn, workedDossier } from './circle.ts';
import { checkDossierMove, type DossierMoveRefusal, type DossierState } from './dossier-life.rules.ts';
import type { MoveDossierFields } from './dossier.schema.ts';

export interface MoveDossierRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly fields: MoveDossierFields;
}

export type MoveDossierRefusal = 'not-found' | 'changed-meanwhile' | DossierMoveRefusal;

/**
 * Moves an accompaniment along: a row with its author, its date and its reason, and the next contact. `fields.version`
 * is the one that was on screen: of two people who act at once, the second is told.
 */
export async function moveDossier(
  ctx: Context,
  { territoryId, dossierId, fields }: MoveDossierRequest
): Promise<Verdict<DossierState, MoveDossierRefusal>> {
  return transaction(ctx, 'move-dossier', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own) return refuse('not-found');
    const { row, role } = own;
    if (row.version !== fields.version) return refuse('changed-meanwhile');
    const from = row.state as DossierState;
    const verdict = checkDossierMove(from, role, fields, await todayIn(tx, ctx, territoryId));
    if (!verdict.ok) return verdict;
    const { to, nextContactOn } = verdict.value;
    const keepsContact = nextContactOn === null && role !== 'facilitator' && to !== 'interrupted';
    await tx
      .updateTable('dossier')
      .set({
        state: to,
        state_changed_at: ctx.now,
        next_contact_on: keepsContact ? row.next_contact_on : nextContactOn,
        closed_at: to === 'closed' ? ctx.now : to === 'under-way' ? null : row.closed_at,
        version: row.version + 1,
        updated_at: ctx.now
      })
      .where('id', '=', row.id)
      .execute();
    await tx
      .insertInto('dossier_move')
      .values({
        dossier_id: row.id,
        territory_id: territoryId,
        move: fields.move,
        from_state: from,
        to_state: to,
        reason: fields.reason,
        // A personal reason keeps no words.
        note: fields.reason === 'personal-reason' ? null : fields.note,
        moved_by: ctx.actor.accountId,
        moved_as: role,
        moved_at: ctx.now
      })
      .execute();
    ledger.about('dossier', row.id, territoryId, { move: fields.move, from, to });
    return accept(to);
  });
}
