import type { Context } from '@terreau/database/context';
import { witnessed, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { headOf, ownDossier, todayIn, type DossierHead } from './circle.ts';
import { answerOf, isSigned } from './diagnosis-rows.ts';
import { byDimension, dimensionMedian, type Answer } from './diagnosis.rules.ts';
import { itemCodes, type Form, type Level } from './diagnosis-grid.rules.ts';
import type { NoteKind } from './note.schema.ts';
import { OPEN_ACTION_STATES, type ActionState } from './plan.rules.ts';

/** What a structure received in a year, for itself, its general meeting, or whoever funds it: it decides. */
export interface YearReport {
  readonly head: DossierHead;
  readonly year: number;
  readonly years: readonly number[];
  readonly isOver: boolean;
  readonly organization: string | null;
  readonly notes: number;
  readonly notesWithoutDuration: number;
  readonly minutes: number;
  readonly kinds: readonly { readonly kind: NoteKind; readonly notes: number; readonly minutes: number }[];
  readonly actions: readonly YearAction[];
  readonly diagnosis: YearDiagnosis | null;
  readonly decisions: readonly { readonly on: LocalDate; readonly words: string }[];
  readonly nextContactOn: LocalDate | null;
}

export interface YearAction {
  readonly what: string;
  readonly state: ActionState;
  /** Moved in the year, or still to be done. */
  readonly isOpen: boolean;
  readonly dueOn: LocalDate | null;
}

export type Middle = { readonly low: Level; readonly high: Level } | null;

/** The latest diagnosis that both sides signed by the end of the year, and the one before it. */
export interface YearDiagnosis {
  readonly round: number;
  readonly rows: readonly { readonly dimension: string; readonly before: Middle; readonly now: Middle }[];
}

/** Lines of each list; more is no report any more. */
const LINES_MAX_COUNT = 60;
const MEETING_KINDS: readonly NoteKind[] = ['meeting', 'visit', 'event'];

export function meetingsIn(report: YearReport): number {
  return report.kinds.filter(({ kind }) => MEETING_KINDS.includes(kind)).reduce((sum, { notes }) => sum + notes, 0);
}

/** A year of a dossier for its circle, the look being written down; null for whoever is not of it. */
export async function yearReport(
  ctx: Context,
  request: {
    readonly territoryId: Id;
    readonly dossierId: string;
    readonly year: string | null;
    readonly kind: 'page' | 'export';
  }
): Promise<YearReport | null> {
  const { territoryId } = request;
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, territoryId, request.dossierId);
    if (!own) return null;
    const { row } = own;
    const kind = request.kind === 'page' ? 'report' : 'export';
    saw({ dossierId: row.id, territoryId, as: own.role, kind, what: 'year' });
    const today = await todayIn(tx, ctx, territoryId);
    const last = Number(today.slice(0, 4));
    const first = row.opened_at.getUTCFullYear();
    const years = Array.from({ length: last - first + 1 }, (_, index) => last - index);
    const year = years.find((one) => String(one) === request.year) ?? last;
    const kinds = await kindsOf(tx, row.id, year);
    const organization = row.organization_id
      ? await tx.selectFrom('organization').select('name').where('id', '=', row.organization_id).executeTakeFirst()
      : undefined;
    return {
      head: headOf(own),
      year,
      years,
      isOver: today > `${year}-12-31`,
      organization: organization?.name ?? null,
      notes: kinds.reduce((sum, { notes }) => sum + notes, 0),
      notesWithoutDuration: kinds.reduce((sum, { withoutDuration }) => sum + withoutDuration, 0),
      minutes: kinds.reduce((sum, { minutes }) => sum + minutes, 0),
      kinds,
      actions: await actionsOf(tx, row.id, year),
      diagnosis: await diagnosisOf(tx, row.id, year),
      decisions: await decisionsOf(tx, row.id, year),
      nextContactOn: row.next_contact_on
    };
  });
}

async function kindsOf(tx: Tx, dossierId: Id, year: number) {
  const rows = await tx
    .selectFrom('note')
    .select(['kind'])
    .select((select) => select.fn.countAll<string>().as('notes'))
    .select((select) => select.fn.sum<string>('minutes').as('minutes'))
    .select((select) => select.fn.countAll<string>().filterWhere('minutes', '=', 0).as('withoutDuration'))
    .where('dossier_id', '=', dossierId)
    .where('happened_on', '>=', `${year}-01-01`)
    .where('happened_on', '<=', `${year}-12-31`)
    .groupBy('kind')
    .orderBy('minutes', 'desc')
    .execute();
  return rows.map((row) => ({
    kind: row.kind as NoteKind,
    notes: Number(row.notes),
    minutes: Number(row.minutes),
    withoutDuration: Number(row.withoutDuration)
  }));
}

async function actionsOf(tx: Tx, dossierId: Id, year: number): Promise<YearAction[]> {
  const rows = await tx
    .selectFrom('plan_action')
    .select(['what', 'state', 'due_on as dueOn'])
    .where('dossier_id', '=', dossierId)
    .where('written_at', '<', new Date(Date.UTC(year + 1, 0, 1)))
    .where((where) =>
      where.or([
        where('state', 'in', [...OPEN_ACTION_STATES]),
        where.and([
          where('state_changed_at', '>=', new Date(Date.UTC(year, 0, 1))),
          where('state_changed_at', '<', new Date(Date.UTC(year + 1, 0, 1)))
        ])
      ])
    )
    .orderBy('state_changed_at')
    .orderBy('id')
    .limit(LINES_MAX_COUNT)
    .execute();
  return rows.map(({ what, state, dueOn }) => ({
    what,
    state: state as ActionState,
    dueOn,
    isOpen: OPEN_ACTION_STATES.includes(state as ActionState)
  }));
}

async function diagnosisOf(tx: Tx, dossierId: Id, year: number): Promise<YearDiagnosis | null> {
  const rounds = await tx
    .selectFrom('diagnosis')
    .selectAll()
    .where('dossier_id', '=', dossierId)
    .where('opened_at', '<', new Date(Date.UTC(year + 1, 0, 1)))
    .orderBy('round', 'desc')
    .execute();
  const signed = rounds.filter(isSigned);
  const [latest, earlier] = signed;
  if (!latest) return null;
  const now = await mediansOf(tx, latest.id, latest.form as Form);
  const before = earlier ? await mediansOf(tx, earlier.id, earlier.form as Form) : new Map<string, Middle>();
  const rows = [...now].map(([dimension, middle]) => ({
    dimension,
    before: before.get(dimension) ?? null,
    now: middle
  }));
  return { round: latest.round, rows };
}

/** The middle level of each dimension: levels are ordinal, so never an average. */
async function mediansOf(tx: Tx, diagnosisId: Id, form: Form): Promise<Map<string, Middle>> {
  const rows = await tx
    .selectFrom('diagnosis_item')
    .select(['item', 'level', 'mark'])
    .where('diagnosis_id', '=', diagnosisId)
    .execute();
  const answers = new Map<string, Answer>(rows.map((row) => [row.item, answerOf(row)]));
  const dimensions = byDimension(itemCodes(form).map((item) => ({ item })));
  return new Map(
    [...dimensions].map(([dimension, items]) => [
      dimension,
      dimensionMedian(items.map(({ item }) => answers.get(item)))
    ])
  );
}

async function decisionsOf(tx: Tx, dossierId: Id, year: number): Promise<YearReport['decisions']> {
  const rows = await tx
    .selectFrom('note')
    .select(['happened_on as on', 'decided as words'])
    .where('dossier_id', '=', dossierId)
    .where('decided', 'is not', null)
    .where('happened_on', '>=', `${year}-01-01`)
    .where('happened_on', '<=', `${year}-12-31`)
    .orderBy('happened_on')
    .orderBy('id')
    .limit(LINES_MAX_COUNT)
    .execute();
  return rows.map(({ on, words }) => ({ on, words: words! }));
}
