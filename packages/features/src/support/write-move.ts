import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { accept, type Verdict } from '@terreau/kernel/verdict';
import { todayIn, type OwnDossier } from './circle.ts';
import {
  checkDossierMove,
  standingOf,
  type AskedMove,
  type DossierMoveRefusal,
  type DossierState
} from './dossier-life.rules.ts';

/**
 * Moves the accompaniment of a dossier that the actor works in: its new state, and a row with its author, its date and
 * its reason. For the commands that move one, in their transaction.
 */
export async function writeMove(
  tx: Tx,
  ctx: Context,
  { row, role }: OwnDossier,
  asked: AskedMove
): Promise<Verdict<DossierState, DossierMoveRefusal>> {
  const from = row.state as DossierState;
  const verdict = checkDossierMove(standingOf(row), role, asked, await todayIn(tx, ctx, row.territory_id));
  if (!verdict.ok) return verdict;
  const { to, nextContactOn } = verdict.value;
  const keepsContact = nextContactOn === null && role !== 'facilitator' && to !== 'interrupted';
  await tx
    .updateTable('dossier')
    .set({
      state: to,
      paused_from: to === 'paused' ? from : null,
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
      territory_id: row.territory_id,
      move: asked.move,
      from_state: from,
      to_state: to,
      reason: asked.reason,
      // A personal reason keeps no words.
      note: asked.reason === 'personal-reason' ? null : asked.note,
      moved_by: ctx.actor.accountId,
      moved_as: role,
      moved_at: ctx.now
    })
    .execute();
  return accept(to);
}
