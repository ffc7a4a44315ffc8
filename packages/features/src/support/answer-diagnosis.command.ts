import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { columnsOf, ownDiagnosis, sideOf, type DiagnosisAddress, type OwnDiagnosis } from './diagnosis-rows.ts';
import { itemCodes } from './diagnosis-grid.rules.ts';
import type { Answer } from './diagnosis.rules.ts';

export const VIEWS_MAX_COUNT = 20;
export const VIEW_LABEL_MAX_CHARACTERS = 80;

export interface AnswerDiagnosisRequest extends DiagnosisAddress {
  /** Null: one's own view. Otherwise a paper form that is typed for somebody of the structure, under their role. */
  readonly paperOf: string | null;
  readonly answers: ReadonlyMap<string, Answer>;
  /** The view is complete as it stands: it no longer changes, and may be compared. */
  readonly isFinal: boolean;
}

export type AnswerDiagnosisRefusal =
  | 'not-found'
  | 'move-not-yours'
  | 'view-submitted'
  | 'comparison-opened'
  | 'nothing-answered'
  | 'too-many-views'
  | 'too-long';

/**
 * Keeps the answers of one view, item by item, whenever some are given: a diagnosis is answered in several sittings.
 * Nobody else reads them before the comparison.
 */
export async function answerDiagnosis(
  ctx: Context,
  request: AnswerDiagnosisRequest
): Promise<Verdict<Id, AnswerDiagnosisRefusal>> {
  return transaction(ctx, 'answer-diagnosis', async (tx, ledger) => {
    const own = await ownDiagnosis(tx, ctx, request, 'work');
    if (!own) return refuse('not-found');
    if (own.diagnosis.compared_at) return refuse('comparison-opened');
    const label = request.paperOf?.trim() ?? null;
    if (label !== null && own.role !== 'facilitator') return refuse('move-not-yours');
    if ((label?.length ?? 0) > VIEW_LABEL_MAX_CHARACTERS) return refuse('too-long', { max: VIEW_LABEL_MAX_CHARACTERS });
    const view = await viewOf(tx, ctx, own, label);
    if (!view.ok) return view;
    const asked = new Set(itemCodes(own.diagnosis.form));
    const answers = [...request.answers].filter(([item]) => asked.has(item));
    for (const [item, answer] of answers) {
      await tx
        .insertInto('diagnosis_answer')
        .values({
          view_id: view.value,
          item,
          dossier_id: own.row.id,
          territory_id: request.territoryId,
          ...columnsOf(answer)
        })
        .onConflict((conflict) => conflict.columns(['view_id', 'item']).doUpdateSet(columnsOf(answer)))
        .execute();
    }
    if (request.isFinal) {
      const { n } = await tx
        .selectFrom('diagnosis_answer')
        .select((select) => select.fn.countAll<string>().as('n'))
        .where('view_id', '=', view.value)
        .executeTakeFirstOrThrow();
      if (Number(n) === 0) return refuse('nothing-answered');
      await tx.updateTable('diagnosis_view').set({ submitted_at: ctx.now }).where('id', '=', view.value).execute();
    }
    ledger.about('dossier', own.row.id, request.territoryId, { view: view.value, final: request.isFinal });
    return accept(view.value);
  });
}

async function viewOf(
  tx: Tx,
  ctx: Context,
  own: OwnDiagnosis,
  label: string | null
): Promise<Verdict<Id, AnswerDiagnosisRefusal>> {
  const views = await tx
    .selectFrom('diagnosis_view')
    .select(['id', 'account_id', 'label', 'submitted_at'])
    .where('diagnosis_id', '=', own.diagnosis.id)
    .execute();
  const known = views.find((view) => (label === null ? view.account_id === ctx.actor.accountId : view.label === label));
  if (known) return known.submitted_at ? refuse('view-submitted') : accept(known.id);
  if (views.length >= VIEWS_MAX_COUNT) return refuse('too-many-views', { max: VIEWS_MAX_COUNT });
  const id = newId();
  await tx
    .insertInto('diagnosis_view')
    .values({
      id,
      diagnosis_id: own.diagnosis.id,
      dossier_id: own.row.id,
      territory_id: own.row.territory_id,
      side: label === null ? sideOf(own.role) : 'structure',
      account_id: label === null ? ctx.actor.accountId : null,
      label,
      typed_by: label === null ? null : ctx.actor.accountId,
      started_at: ctx.now
    })
    .execute();
  return accept(id);
}
