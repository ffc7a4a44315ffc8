import type { Context } from '@terreau/database/context';
import { witnessed, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { headOf, ownDossier, todayIn, type DossierHead } from './circle.ts';
import { ENDED_STATES, movesFrom, standingOf, type DossierMove, type DossierState } from './dossier-life.rules.ts';
import { mayWritePlan, planStanding, type ActionKind, type ActionState } from './plan.rules.ts';

export interface PlanPriorityLine {
  readonly id: Id;
  /** Words that were typed; null when an item of the grid says them. */
  readonly title: string | null;
  readonly item: string | null;
}

export interface PlanActionLine {
  readonly id: Id;
  readonly priorityId: Id | null;
  readonly what: string;
  readonly kind: ActionKind;
  /** The name of somebody of the circle, or a role; null: nobody yet. */
  readonly owner: string | null;
  readonly dueOn: LocalDate | null;
  readonly plannedMinutes: number;
  readonly spentMinutes: number;
  readonly successSign: string | null;
  readonly state: ActionState;
  /** Written after the structure had accepted the plan. */
  readonly isAddition: boolean;
}

export interface PlanSheet {
  readonly head: DossierHead;
  readonly standing: 'draft' | 'proposed' | 'accepted';
  readonly proposedAt: Instant | null;
  readonly acceptedAt: Instant | null;
  readonly priorities: readonly PlanPriorityLine[];
  readonly actions: readonly PlanActionLine[];
  /** Items on which the agreed diagnosis says to begin; empty when there is none. */
  readonly fromDiagnosis: readonly string[];
  /** What the reader may do with the plan as a whole: propose it, accept it, take it up again. */
  readonly moves: readonly DossierMove[];
  readonly mayWrite: boolean;
  readonly nextContactOn: LocalDate | null;
  /** Of the dossier, for its moves. */
  readonly version: number;
  readonly today: LocalDate;
}

export const PLAN_MOVES = ['propose-plan', 'accept-plan', 'rework-plan'] as const satisfies readonly DossierMove[];

export interface PlanAddress {
  readonly territoryId: Id;
  readonly dossierId: string;
}

/** The plan of a dossier, the look being written down as of `kind`; null for whoever is not of its circle. */
export async function findPlan(
  ctx: Context,
  { territoryId, dossierId }: PlanAddress,
  kind: 'page' | 'export' = 'page'
): Promise<PlanSheet | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, territoryId, dossierId);
    if (!own) return null;
    const { row, role, isActive } = own;
    saw({ dossierId: row.id, territoryId, as: role, kind, what: 'plan' });
    const state = row.state as DossierState;
    const standing = planStanding(standingOf(row));
    const acceptedAt = standing === 'accepted' ? await lastMoveAt(tx, row.id, 'accept-plan') : null;
    return {
      head: headOf(own),
      standing,
      proposedAt: standing === 'draft' ? null : await lastMoveAt(tx, row.id, 'propose-plan'),
      acceptedAt,
      priorities: await prioritiesIn(tx, row.id),
      actions: await actionsIn(tx, row.id, acceptedAt),
      fromDiagnosis: await agreedPriorities(tx, row.id),
      moves: isActive ? movesFrom(standingOf(row), role).filter((move) => PLAN_MOVES.some((one) => one === move)) : [],
      mayWrite: isActive && mayWritePlan(role) && !ENDED_STATES.includes(state),
      nextContactOn: row.next_contact_on,
      version: row.version,
      today: await todayIn(tx, ctx, territoryId)
    };
  });
}

async function lastMoveAt(tx: Tx, dossierId: Id, move: DossierMove): Promise<Instant | null> {
  const row = await tx
    .selectFrom('dossier_move')
    .select('moved_at')
    .where('dossier_id', '=', dossierId)
    .where('move', '=', move)
    .orderBy('moved_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.moved_at ?? null;
}

export async function prioritiesIn(tx: Tx, dossierId: Id): Promise<PlanPriorityLine[]> {
  return tx
    .selectFrom('plan_priority')
    .select(['id', 'title', 'item'])
    .where('dossier_id', '=', dossierId)
    .orderBy('position')
    .execute();
}

/** The plan is short: it is read whole. What is nearest comes first. */
async function actionsIn(tx: Tx, dossierId: Id, acceptedAt: Instant | null): Promise<PlanActionLine[]> {
  const rows = await tx
    .selectFrom('plan_action as action')
    .leftJoin('dossier_member as member', 'member.id', 'action.owner_member_id')
    .leftJoin('account', 'account.id', 'member.account_id')
    .leftJoin('person', 'person.id', 'member.person_id')
    .selectAll('action')
    .select(['account.name', 'person.display_name'])
    .select((select) =>
      select
        .selectFrom('plan_comment')
        .select((comment) => comment.fn.sum<string>('minutes').as('spent'))
        .whereRef('plan_comment.action_id', '=', 'action.id')
        .as('spent')
    )
    .where('action.dossier_id', '=', dossierId)
    .orderBy('action.due_on', (order) => order.asc().nullsLast())
    .orderBy('action.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    priorityId: row.priority_id,
    what: row.what,
    kind: row.kind as ActionKind,
    owner: row.owner_label ?? row.name ?? row.display_name,
    dueOn: row.due_on,
    plannedMinutes: row.planned_minutes,
    spentMinutes: Number(row.spent ?? 0),
    successSign: row.success_sign,
    state: row.state as ActionState,
    isAddition: acceptedAt !== null && row.written_at > acceptedAt
  }));
}

/** What the latest diagnosis that chose priorities says to begin with. */
async function agreedPriorities(tx: Tx, dossierId: Id): Promise<string[]> {
  const rows = await tx
    .selectFrom('diagnosis_item as item')
    .innerJoin('diagnosis', 'diagnosis.id', 'item.diagnosis_id')
    .select(['item.item', 'diagnosis.round'])
    .where('item.dossier_id', '=', dossierId)
    .where('item.priority', 'is not', null)
    .orderBy('diagnosis.round', 'desc')
    .orderBy('item.priority')
    .execute();
  return rows.filter(({ round }) => round === rows[0]!.round).map(({ item }) => item);
}
