import type { Context } from '@terreau/database/context';
import type { Diagnosis } from '@terreau/database/schema';
import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Selectable } from 'kysely';
import { ownDossier, workedDossier, type OwnDossier } from './circle.ts';
import type { Answer } from './diagnosis.rules.ts';
import type { Form, Level, Mark } from './diagnosis-grid.rules.ts';

export interface OwnDiagnosis extends OwnDossier {
  readonly diagnosis: Selectable<Diagnosis> & { readonly form: Form };
}

export interface DiagnosisAddress {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly diagnosisId: string;
}

/** A diagnosis of a dossier in whose circle the actor is; locked for whoever is about to change it. */
export async function ownDiagnosis(
  tx: Tx,
  ctx: Context,
  { territoryId, dossierId, diagnosisId }: DiagnosisAddress,
  purpose: 'read' | 'work'
): Promise<OwnDiagnosis | null> {
  const own =
    purpose === 'work'
      ? await workedDossier(tx, ctx, territoryId, dossierId)
      : await ownDossier(tx, ctx, territoryId, dossierId);
  if (!own || !isId(diagnosisId)) return null;
  const row = await tx
    .selectFrom('diagnosis')
    .selectAll()
    .where('id', '=', diagnosisId)
    .where('dossier_id', '=', own.row.id)
    .executeTakeFirst();
  return row ? { ...own, diagnosis: { ...row, form: row.form as Form } } : null;
}

export function isSigned(diagnosis: Selectable<Diagnosis>): boolean {
  return diagnosis.structure_signed_at !== null && diagnosis.adviser_signed_at !== null;
}

/** On which side of the table somebody answers: the structure's, or the adviser's. */
export function sideOf(role: OwnDossier['role']): 'structure' | 'adviser' {
  return role === 'facilitator' || role === 'expert' ? 'adviser' : 'structure';
}

export function answerOf(row: { readonly level: number | null; readonly mark: string | null }): Answer {
  return row.level === null ? (row.mark as Mark) : (row.level as Level);
}

export function columnsOf(answer: Answer): { level: number | null; mark: Mark | null } {
  return typeof answer === 'number' ? { level: answer, mark: null } : { level: null, mark: answer };
}
