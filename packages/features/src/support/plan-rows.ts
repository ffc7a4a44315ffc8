import type { Context } from '@terreau/database/context';
import type { PlanAction } from '@terreau/database/schema';
import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Selectable } from 'kysely';
import { workedDossier, type OwnDossier } from './circle.ts';
import { ENDED_STATES, type DossierState } from './dossier-life.rules.ts';
import { mayWritePlan } from './plan.rules.ts';

export type PlanRefusal = 'not-found' | 'plan-not-yours' | 'dossier-ended';

/** The dossier whose plan the actor is about to write; its row is locked. What has ended is written no more. */
export async function plannedDossier(
  tx: Tx,
  ctx: Context,
  territoryId: Id,
  dossierId: string
): Promise<Verdict<OwnDossier, PlanRefusal>> {
  const own = await workedDossier(tx, ctx, territoryId, dossierId);
  if (!own) return refuse('not-found');
  if (!mayWritePlan(own.role)) return refuse('plan-not-yours');
  return ENDED_STATES.includes(own.row.state as DossierState) ? refuse('dossier-ended') : accept(own);
}

/** An action of a dossier, or null. */
export async function actionOf(tx: Tx, dossierId: Id, actionId: string): Promise<Selectable<PlanAction> | null> {
  if (!isId(actionId)) return null;
  const row = await tx
    .selectFrom('plan_action')
    .selectAll()
    .where('id', '=', actionId)
    .where('dossier_id', '=', dossierId)
    .executeTakeFirst();
  return row ?? null;
}
