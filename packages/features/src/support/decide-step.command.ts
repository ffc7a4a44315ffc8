import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { todayIn, workedDossier, type OwnDossier } from './circle.ts';
import type { DossierMoveRefusal, DossierState } from './dossier-life.rules.ts';
import type { DecideStepFields } from './journey.schema.ts';
import { checkStepDecision, type DecidedStep, type StepDecisionRefusal } from './step-decision.rules.ts';
import { tellMove } from './tell-move.ts';
import { writeMove } from './write-move.ts';

export interface DecideStepRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly fields: DecideStepFields;
  /** The public address of the site, for the links of the messages. */
  readonly origin?: string;
}

export type DecideStepRefusal = 'not-found' | 'changed-meanwhile' | StepDecisionRefusal | DossierMoveRefusal;

/**
 * Leaves a step of the journey: to any other, to a pause, to another project, or to an end that was chosen. Pausing,
 * joining another project and stopping move the accompaniment as well, in the same commit. Whoever gives no reason for
 * stopping chose to. Returns the step where the project now stands.
 */
export async function decideStep(
  ctx: Context,
  { territoryId, dossierId, fields, origin }: DecideStepRequest
): Promise<Verdict<number, DecideStepRefusal>> {
  return transaction(ctx, 'decide-step', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own) return refuse('not-found');
    const { row, role } = own;
    if (row.version !== fields.version) return refuse('changed-meanwhile');
    const at = { step: row.step, state: row.state as DossierState, role };
    const verdict = checkStepDecision(at, fields, await todayIn(tx, ctx, territoryId));
    if (!verdict.ok) return verdict;
    const moved = await applyMove(tx, ctx, own, fields, verdict.value);
    if (!moved.ok) return moved;
    if (verdict.value.move) await tellMove(tx, ctx, ledger, own, verdict.value.move, origin ?? null);
    await tx
      .updateTable('dossier')
      .set({
        step: verdict.value.toStep,
        version: row.version + 1,
        updated_at: ctx.now,
        ...(verdict.value.move === null && role === 'facilitator' ? { next_contact_on: fields.nextContactOn } : {})
      })
      .where('id', '=', row.id)
      .execute();
    await tx
      .insertInto('step_decision')
      .values({
        dossier_id: row.id,
        territory_id: territoryId,
        from_step: row.step,
        to_step: verdict.value.toStep,
        decision: fields.decision,
        reason: fields.decision === 'stop' ? null : fields.reason,
        decided_by: ctx.actor.accountId,
        decided_as: role,
        decided_at: ctx.now
      })
      .execute();
    ledger.about('dossier', row.id, territoryId, {
      decision: fields.decision,
      from: row.step,
      to: verdict.value.toStep
    });
    return accept(verdict.value.toStep);
  });
}

async function applyMove(
  tx: Tx,
  ctx: Context,
  own: OwnDossier,
  { decision, stopReason, reason, nextContactOn }: DecideStepFields,
  { move }: DecidedStep
): Promise<Verdict<unknown, DossierMoveRefusal>> {
  if (!move) return accept();
  const why = decision === 'join-another' ? 'joins-another-project' : (stopReason ?? 'carrier-choice');
  return writeMove(tx, ctx, own, {
    move,
    reason: move === 'interrupt' ? why : null,
    note: decision === 'stop' ? null : reason,
    nextContactOn,
    agreedAloud: false
  });
}
