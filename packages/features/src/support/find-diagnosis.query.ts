import type { Context } from '@terreau/database/context';
import { witnessed, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { headOf, ownDossier, type DossierHead } from './circle.ts';
import { answerOf, isSigned, ownDiagnosis, type DiagnosisAddress } from './diagnosis-rows.ts';
import type { Answer } from './diagnosis.rules.ts';
import type { Form } from './diagnosis-grid.rules.ts';

export interface DiagnosisRound {
  readonly id: Id;
  readonly round: number;
  readonly form: Form;
  readonly openedAt: Instant;
  readonly isSigned: boolean;
}

export interface DiagnosisView {
  readonly id: Id;
  readonly side: 'structure' | 'adviser';
  readonly name: string;
  readonly isOwn: boolean;
  readonly isSubmitted: boolean;
  /** By item; empty for whoever may not read it yet. */
  readonly answers: ReadonlyMap<string, Answer>;
}

export interface AgreedRow {
  readonly item: string;
  readonly answer: Answer;
  readonly importance: number | null;
  readonly evidence: string | null;
  readonly priority: number | null;
}

export interface DiagnosisSheet {
  readonly head: DossierHead;
  readonly organizationId: Id | null;
  readonly id: Id;
  readonly round: number;
  readonly form: Form;
  readonly isCompared: boolean;
  readonly agreedOn: LocalDate | null;
  readonly peoplePresent: string | null;
  readonly structureSignedAt: Instant | null;
  readonly adviserSignedAt: Instant | null;
  readonly isSigned: boolean;
  readonly views: readonly DiagnosisView[];
  readonly agreed: readonly AgreedRow[];
  /** What was agreed in the rounds before, the first one first; N and N+1 for N+2. */
  readonly earlier: readonly EarlierRound[];
}

export interface EarlierRound {
  readonly round: number;
  readonly form: Form;
  /** By item. */
  readonly agreed: ReadonlyMap<string, Answer>;
}

/** A round is read beside the two before it. */
const EARLIER_ROUNDS_COUNT = 2;

/** The rounds of a dossier, the first one first; null for whoever is not of its circle. */
export async function listDiagnoses(
  ctx: Context,
  request: { readonly territoryId: Id; readonly dossierId: string }
): Promise<{ readonly head: DossierHead; readonly rounds: readonly DiagnosisRound[] } | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, request.territoryId, request.dossierId);
    if (!own) return null;
    saw({ dossierId: own.row.id, territoryId: request.territoryId, as: own.role, kind: 'page', what: 'diagnoses' });
    const rows = await tx
      .selectFrom('diagnosis')
      .selectAll()
      .where('dossier_id', '=', own.row.id)
      .orderBy('round')
      .execute();
    const rounds = rows.map((row) => ({
      id: row.id,
      round: row.round,
      form: row.form as Form,
      openedAt: row.opened_at,
      isSigned: isSigned(row)
    }));
    return { head: headOf(own), rounds };
  });
}

/** One round, as far as the reader may read it: until the comparison, only their own answers. */
export async function findDiagnosis(ctx: Context, address: DiagnosisAddress): Promise<DiagnosisSheet | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDiagnosis(tx, ctx, address, 'read');
    if (!own) return null;
    const { diagnosis } = own;
    saw({ dossierId: own.row.id, territoryId: address.territoryId, as: own.role, kind: 'page', what: 'diagnosis' });
    return {
      head: headOf(own),
      organizationId: own.row.organization_id,
      id: diagnosis.id,
      round: diagnosis.round,
      form: diagnosis.form,
      isCompared: diagnosis.compared_at !== null,
      agreedOn: diagnosis.agreed_on,
      peoplePresent: diagnosis.people_present,
      structureSignedAt: diagnosis.structure_signed_at,
      adviserSignedAt: diagnosis.adviser_signed_at,
      isSigned: isSigned(diagnosis),
      views: await viewsOf(tx, diagnosis.id, ctx.actor.accountId),
      agreed: await agreedIn(tx, diagnosis.id),
      earlier: await earlierRounds(tx, own.row.id, diagnosis.round)
    };
  });
}

async function viewsOf(tx: Tx, diagnosisId: Id, reader: Id | null): Promise<DiagnosisView[]> {
  const views = await tx
    .selectFrom('diagnosis_view as view')
    .leftJoin('account', 'account.id', 'view.account_id')
    .select(['view.id', 'view.side', 'view.label', 'view.account_id', 'view.submitted_at', 'account.name'])
    .where('diagnosis_id', '=', diagnosisId)
    .orderBy('view.started_at')
    .orderBy('view.id')
    .execute();
  const answers = await tx
    .selectFrom('diagnosis_answer')
    .innerJoin('diagnosis_view', 'diagnosis_view.id', 'diagnosis_answer.view_id')
    .select(['view_id', 'item', 'level', 'mark'])
    .where('diagnosis_view.diagnosis_id', '=', diagnosisId)
    .execute();
  const byView = Map.groupBy(answers, (answer) => answer.view_id);
  return views.map((view) => ({
    id: view.id,
    side: view.side as DiagnosisView['side'],
    name: view.label ?? view.name ?? '',
    isOwn: view.account_id === reader,
    isSubmitted: view.submitted_at !== null,
    answers: new Map((byView.get(view.id) ?? []).map((answer) => [answer.item, answerOf(answer)]))
  }));
}

async function agreedIn(tx: Tx, diagnosisId: Id): Promise<AgreedRow[]> {
  const rows = await tx.selectFrom('diagnosis_item').selectAll().where('diagnosis_id', '=', diagnosisId).execute();
  return rows.map((row) => ({
    item: row.item,
    answer: answerOf(row),
    importance: row.importance,
    evidence: row.evidence,
    priority: row.priority
  }));
}

async function earlierRounds(tx: Tx, dossierId: Id, round: number): Promise<EarlierRound[]> {
  const rows = await tx
    .selectFrom('diagnosis')
    .innerJoin('diagnosis_item', 'diagnosis_item.diagnosis_id', 'diagnosis.id')
    .select(['diagnosis.round', 'diagnosis.form', 'item', 'level', 'mark'])
    .where('diagnosis.dossier_id', '=', dossierId)
    .where('diagnosis.round', '<', round)
    .where('diagnosis.round', '>=', round - EARLIER_ROUNDS_COUNT)
    .orderBy('diagnosis.round')
    .execute();
  const byRound = Map.groupBy(rows, (row) => row.round);
  return [...byRound].map(([number, agreed]) => ({
    round: number,
    form: agreed[0]!.form as Form,
    agreed: new Map(agreed.map((row) => [row.item, answerOf(row)]))
  }));
}
