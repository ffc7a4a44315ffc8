import type { Context } from '@terreau/database/context';
import type { Committee, CommitteeItem } from '@terreau/database/schema';
import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Selectable } from 'kysely';
import { todayIn } from './circle.ts';
import {
  checkCommitteeMove,
  committeePhase,
  type CommitteeMove,
  type CommitteeMoveRefusal,
  type CommitteePhase,
  type CommitteePlace
} from './committee.rules.ts';

export interface CommitteeAddress {
  readonly territoryId: Id;
  readonly committeeId: string;
}

export interface OwnCommittee {
  readonly row: Selectable<Committee>;
  readonly phase: CommitteePhase;
  readonly places: readonly CommitteePlace[];
}

/** A committee as far as the actor may see it, and as what they stand before it; null when they see nothing of it. */
export async function ownCommittee(
  tx: Tx,
  ctx: Context,
  { territoryId, committeeId }: CommitteeAddress
): Promise<OwnCommittee | null> {
  const { accountId } = ctx.actor;
  if (!isId(committeeId) || !accountId) return null;
  const row = await tx
    .selectFrom('committee')
    .selectAll()
    .where('id', '=', committeeId)
    .where('territory_id', '=', territoryId)
    .executeTakeFirst();
  if (!row) return null;
  const today = await todayIn(tx, ctx, territoryId);
  const seat = await tx
    .selectFrom('committee_member')
    .select('id')
    .where('committee_id', '=', row.id)
    .where('account_id', '=', accountId)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  const phase = committeePhase({ agendaOn: row.agenda_on, heldOn: row.held_on }, today);
  const places: CommitteePlace[] = [];
  if (row.opened_by === accountId) places.push('organizer');
  if (seat && phase !== 'preparing' && phase !== 'shut') places.push('member');
  return { row, phase, places };
}

export type CommitteeRefusal = 'not-found' | CommitteeMoveRefusal;

/** The committee in which the actor does something, when they may. */
export async function movedCommittee(
  tx: Tx,
  ctx: Context,
  address: CommitteeAddress,
  move: CommitteeMove
): Promise<Verdict<OwnCommittee, CommitteeRefusal>> {
  const own = await ownCommittee(tx, ctx, address);
  if (!own || own.places.length === 0) return refuse('not-found');
  const verdict = checkCommitteeMove(own.phase, own.places, move);
  return verdict.ok ? accept(own) : verdict;
}

/** An item of its agenda that still stands, or null; locked. */
export async function itemOf(tx: Tx, committeeId: Id, itemId: string): Promise<Selectable<CommitteeItem> | null> {
  if (!isId(itemId)) return null;
  const row = await tx
    .selectFrom('committee_item')
    .selectAll()
    .where('id', '=', itemId)
    .where('committee_id', '=', committeeId)
    .where('withdrawn_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}
