import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { refuse, type Verdict } from '@terreau/kernel/verdict';
import { workedDossier } from './circle.ts';
import type { DossierMoveRefusal, DossierState } from './dossier-life.rules.ts';
import type { MoveDossierFields } from './dossier.schema.ts';
import { tellMove } from './tell-move.ts';
import { writeMove } from './write-move.ts';

export interface MoveDossierRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly fields: MoveDossierFields;
  /** The public address of the site, for the links of the messages. */
  readonly origin?: string;
}

export type MoveDossierRefusal = 'not-found' | 'changed-meanwhile' | 'plan-empty' | DossierMoveRefusal;

/**
 * Moves an accompaniment along: a row with its author, its date and its reason, and the next contact. `fields.version`
 * is the one that was on screen: of two people who act at once, the second is told; so is the other side of the circle.
 */
export async function moveDossier(
  ctx: Context,
  { territoryId, dossierId, fields, origin }: MoveDossierRequest
): Promise<Verdict<DossierState, MoveDossierRefusal>> {
  return transaction(ctx, 'move-dossier', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own) return refuse('not-found');
    if (own.row.version !== fields.version) return refuse('changed-meanwhile');
    // There is nothing to say yes to in an empty plan.
    if (fields.move === 'propose-plan' && !(await hasActions(tx, own.row.id))) return refuse('plan-empty');
    const moved = await writeMove(tx, ctx, own, fields);
    if (moved.ok) {
      await tellMove(tx, ctx, ledger, own, fields.move, origin ?? null);
      ledger.about('dossier', own.row.id, territoryId, { move: fields.move, from: own.row.state, to: moved.value });
    }
    return moved;
  });
}

async function hasActions(tx: Tx, dossierId: Id): Promise<boolean> {
  const row = await tx.selectFrom('plan_action').select('id').where('dossier_id', '=', dossierId).executeTakeFirst();
  return row !== undefined;
}
