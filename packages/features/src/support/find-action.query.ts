import type { Context } from '@terreau/database/context';
import { witnessed, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { headOf, ownDossier, todayIn, type DossierHead } from './circle.ts';
import { ENDED_STATES, type DossierState } from './dossier-life.rules.ts';
import { prioritiesIn, type PlanAddress, type PlanPriorityLine } from './find-plan.query.ts';
import { actionOf } from './plan-rows.ts';
import {
  actionMovesFrom,
  mayWritePlan,
  type ActionKind,
  type ActionMove,
  type ActionState,
  type ActionWhy
} from './plan.rules.ts';

export const COMMENTS_SHOWN_ROWS = 100;

export interface ActionComment {
  readonly id: Id;
  readonly body: string | null;
  readonly to: ActionState | null;
  readonly why: ActionWhy | null;
  readonly minutes: number;
  readonly by: string | null;
  readonly at: Instant;
}

/** An action as its own page and its form show it. */
export interface ActionSheet {
  readonly id: Id;
  readonly version: number;
  readonly what: string;
  readonly kind: ActionKind;
  readonly priorityId: Id | null;
  readonly ownerMemberId: Id | null;
  readonly ownerLabel: string | null;
  readonly dueOn: LocalDate | null;
  readonly plannedMinutes: number;
  readonly spentMinutes: number;
  readonly successSign: string | null;
  readonly support: { readonly id: Id; readonly title: string } | null;
  readonly state: ActionState;
  /** Whoever wrote its words last. */
  readonly updatedBy: string | null;
  readonly updatedAt: Instant;
  /** The newest first. */
  readonly comments: readonly ActionComment[];
  readonly moves: readonly ActionMove[];
}

/** What the form of an action offers: priorities, and who may answer for it. */
export interface ActionForm {
  readonly head: DossierHead;
  readonly priorities: readonly PlanPriorityLine[];
  readonly people: readonly { readonly id: Id; readonly name: string }[];
  readonly mayWrite: boolean;
  readonly mayComment: boolean;
  readonly today: LocalDate;
  /** Null for a new one. */
  readonly action: ActionSheet | null;
}

/** An action of a plan, or the form of a new one (`actionId` null), the look being written down; null when it is not theirs. */
export async function findAction(
  ctx: Context,
  { territoryId, dossierId }: PlanAddress,
  actionId: string | null
): Promise<ActionForm | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, territoryId, dossierId);
    if (!own) return null;
    const { row, role, isActive, memberId } = own;
    const action = actionId === null ? null : await actionOf(tx, row.id, actionId);
    if (actionId !== null && !action) return null;
    saw({ dossierId: row.id, territoryId, as: role, kind: 'page', what: 'plan' });
    const hasEnded = ENDED_STATES.includes(row.state as DossierState);
    const mover = { role, isOwner: action?.owner_member_id === memberId };
    return {
      head: headOf(own),
      priorities: await prioritiesIn(tx, row.id),
      people: await peopleIn(tx, row.id),
      mayWrite: isActive && mayWritePlan(role) && !hasEnded,
      mayComment: isActive && role !== 'observer',
      today: await todayIn(tx, ctx, territoryId),
      action: action && {
        id: action.id,
        version: action.version,
        what: action.what,
        kind: action.kind as ActionKind,
        priorityId: action.priority_id,
        ownerMemberId: action.owner_member_id,
        ownerLabel: action.owner_label,
        dueOn: action.due_on,
        plannedMinutes: action.planned_minutes,
        successSign: action.success_sign,
        support: await supportOf(tx, action.support_id),
        state: action.state as ActionState,
        updatedBy: await nameOf(tx, action.updated_by),
        updatedAt: action.updated_at,
        moves: isActive && !hasEnded ? actionMovesFrom(action.state as ActionState, mover) : [],
        ...(await commentsOf(tx, action.id))
      }
    };
  });
}

/** Who is in the circle now, by the name under which the circle knows them. */
export async function peopleIn(tx: Tx, dossierId: Id): Promise<{ id: Id; name: string }[]> {
  const rows = await tx
    .selectFrom('dossier_member as member')
    .leftJoin('account', 'account.id', 'member.account_id')
    .leftJoin('person', 'person.id', 'member.person_id')
    .select(['member.id', 'account.name', 'person.display_name'])
    .where('member.dossier_id', '=', dossierId)
    .where('member.left_at', 'is', null)
    .where('member.role', '<>', 'observer')
    .orderBy('member.joined_at')
    .orderBy('member.id')
    .execute();
  return rows.map((row) => ({ id: row.id, name: row.name ?? row.display_name ?? '' }));
}

async function supportOf(tx: Tx, id: Id | null): Promise<ActionSheet['support']> {
  if (!id) return null;
  const row = await tx.selectFrom('support').select(['id', 'title']).where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

async function nameOf(tx: Tx, id: Id | null): Promise<string | null> {
  if (!id) return null;
  const row = await tx.selectFrom('account').select('name').where('id', '=', id).executeTakeFirst();
  return row?.name ?? null;
}

async function commentsOf(tx: Tx, actionId: Id): Promise<Pick<ActionSheet, 'comments' | 'spentMinutes'>> {
  const rows = await tx
    .selectFrom('plan_comment as comment')
    .leftJoin('account', 'account.id', 'comment.written_by')
    .selectAll('comment')
    .select('account.name')
    .where('comment.action_id', '=', actionId)
    .orderBy('comment.id', 'desc')
    .limit(COMMENTS_SHOWN_ROWS)
    .execute();
  const { spent } = await tx
    .selectFrom('plan_comment')
    .select((select) => select.fn.sum<string | null>('minutes').as('spent'))
    .where('action_id', '=', actionId)
    .executeTakeFirstOrThrow();
  const comments = rows.map((row) => ({
    id: row.id,
    body: row.body,
    to: row.to_state as ActionState | null,
    why: row.why as ActionWhy | null,
    minutes: row.minutes,
    by: row.name,
    at: row.written_at
  }));
  return { comments, spentMinutes: Number(spent ?? 0) };
}
