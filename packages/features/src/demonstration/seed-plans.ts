import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { localDate, plusDays, plusLocalDays, type Instant } from '@terreau/kernel/instants';
import { OPEN_ACTION_STATES, planStanding, type ActionState } from '../support/plan.rules.ts';
import { ENDED_STATES, standingOf, type DossierState } from '../support/dossier-life.rules.ts';
import content from './plans.json' with { type: 'json' };

interface DemonstrationAction {
  readonly under: number;
  readonly what: string;
  readonly kind: string;
  /** Who of the circle, or a role by its name. */
  readonly owner?: 'carrier' | 'facilitator';
  readonly label?: string;
  /** In how many days; negative when the day has passed. */
  readonly due: number;
  readonly planned: number;
  readonly sign?: string;
  readonly state: ActionState;
  readonly why?: string;
  readonly spent?: number;
  readonly said?: string;
}

interface DemonstrationPlan {
  readonly priorities: readonly { readonly item?: string; readonly title?: string }[];
  readonly actions: readonly DemonstrationAction[];
}

interface PlannedDossier {
  readonly id: Id;
  readonly territoryId: Id;
  readonly state: DossierState;
  readonly members: ReadonlyMap<string, Id>;
  readonly facilitator: Id | null;
  /** When the plan was proposed: everything in it was written the day before. */
  readonly proposedAt: Instant;
}

/** A plan for each dossier whose state implies one, as its age and its state would have left it. */
export async function insertPlans(
  tx: Tx,
  ctx: Context,
  { territoryId, timeZone }: { readonly territoryId: Id; readonly timeZone: string }
): Promise<void> {
  const today = localDate(ctx.now, timeZone);
  const plans = content.samples as readonly DemonstrationPlan[];
  for (const [index, dossier] of (await plannedDossiers(tx, territoryId)).entries()) {
    const plan = plans[index % plans.length]!;
    const priorities = await insertPriorities(tx, dossier, plan);
    for (const action of plan.actions) {
      await insertAction(
        tx,
        ctx,
        dossier,
        { ...action, state: stateIn(dossier.state, action.state) },
        priorities,
        today
      );
    }
  }
}

async function plannedDossiers(tx: Tx, territoryId: Id): Promise<PlannedDossier[]> {
  const rows = await tx
    .selectFrom('dossier')
    .innerJoin('dossier_move as move', 'move.dossier_id', 'dossier.id')
    .select(['dossier.id', 'dossier.state', 'dossier.paused_from', 'dossier.opened_by', 'move.moved_at'])
    .where('dossier.territory_id', '=', territoryId)
    .where('move.move', '=', 'propose-plan')
    .orderBy('dossier.opened_at', 'desc')
    .orderBy('dossier.title')
    .execute();
  const planned = rows.filter((row) => planStanding(standingOf(row)) !== 'draft');
  return Promise.all(
    planned.map(async (row) => ({
      id: row.id,
      territoryId,
      state: row.state as DossierState,
      members: await membersOf(tx, row.id),
      facilitator: row.opened_by,
      proposedAt: row.moved_at
    }))
  );
}

async function membersOf(tx: Tx, dossierId: Id): Promise<Map<string, Id>> {
  const rows = await tx
    .selectFrom('dossier_member')
    .select(['id', 'role'])
    .where('dossier_id', '=', dossierId)
    .execute();
  return new Map(rows.map(({ id, role }) => [role, id]));
}

/** A plan that nobody has accepted has only proposals; in one that has ended nothing is left open. */
function stateIn(dossier: DossierState, state: ActionState): ActionState {
  if (dossier === 'plan-proposed') return 'proposed';
  if (!ENDED_STATES.includes(dossier) && dossier !== 'check-up-12') return state;
  return OPEN_ACTION_STATES.includes(state) ? 'done' : state;
}

async function insertPriorities(tx: Tx, dossier: PlannedDossier, plan: DemonstrationPlan): Promise<Id[]> {
  const rows = plan.priorities.map(({ item, title }, index) => ({
    id: newId(),
    dossier_id: dossier.id,
    territory_id: dossier.territoryId,
    position: index + 1,
    item: item ?? null,
    title: title ?? null,
    written_by: dossier.facilitator,
    written_at: plusDays(dossier.proposedAt, -1)
  }));
  await tx.insertInto('plan_priority').values(rows).execute();
  return rows.map(({ id }) => id);
}

async function insertAction(
  tx: Tx,
  ctx: Context,
  { id: dossierId, territoryId, facilitator, members, proposedAt }: PlannedDossier,
  action: DemonstrationAction,
  priorities: readonly Id[],
  today: string
): Promise<void> {
  const id = newId();
  const writtenAt = plusDays(proposedAt, -1);
  const hasMoved = action.state !== 'proposed';
  const saidAt = plusDays(ctx.now, -2);
  await tx
    .insertInto('plan_action')
    .values({
      id,
      dossier_id: dossierId,
      territory_id: territoryId,
      priority_id: priorities[action.under]!,
      what: action.what,
      kind: action.kind,
      owner_member_id: action.owner ? members.get(action.owner)! : null,
      owner_label: action.label ?? null,
      due_on: plusLocalDays(today, action.due),
      planned_minutes: action.planned,
      success_sign: action.sign ?? null,
      state: action.state,
      state_changed_at: hasMoved ? saidAt : writtenAt,
      written_by: facilitator,
      written_at: writtenAt,
      updated_by: facilitator,
      updated_at: writtenAt
    })
    .execute();
  if (!hasMoved) return;
  await tx
    .insertInto('plan_comment')
    .values({
      action_id: id,
      dossier_id: dossierId,
      territory_id: territoryId,
      body: action.said ?? null,
      from_state: 'proposed',
      to_state: action.state,
      why: action.why ?? null,
      minutes: action.spent ?? 0,
      written_by: facilitator,
      written_at: saidAt
    })
    .execute();
}
