import type { Context } from '@terreau/database/context';
import { transaction, type Ledger, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { answerDueAt } from './answer-due.ts';
import { checkMove, type MoveRefusal, type RequestMove, type RequestState } from './request-life.rules.ts';
import type { TeamNews } from './request-mails.ts';
import { endOffers } from './end-offers.ts';
import { tellPerson } from './tell-person.ts';
import { tellTeam } from './tell-team.ts';
import type { Desk } from './desk.ts';
import {
  checkVersion,
  withRequest,
  writeMove,
  type Mover,
  type RequestChange,
  type RequestRow
} from './request-rows.ts';
import { placeOfTerritory } from './territory-place.ts';

/** The moves that need nothing but the request itself; offers and promises have commands of their own. */
export const PLAIN_MOVES = ['approve', 'decline', 'take', 'assign', 'answer', 'close', 'reopen', 'withdraw'] as const;
export type PlainMove = (typeof PLAIN_MOVES)[number] & RequestMove;

export interface MoveRequest {
  readonly territoryId: Id;
  readonly requestId: Id;
  readonly move: PlainMove;
  /** The version that was shown to whoever decides; without it the move is made on whatever the request has become. */
  readonly version?: number | undefined;
  readonly reason?: string | null;
  readonly note?: string | null;
  readonly nextStep?: string | null;
  /** `assign`: the account of a member of the team. */
  readonly assigneeId?: string | null;
  /** The code of the receipt, for a person without an account. */
  readonly code?: string | undefined;
  /** The public address of the site, for the links of the messages. */
  readonly origin: string;
}

export type MoveRequestRefusal =
  'not-found' | 'moved-meanwhile' | 'already-responsible' | 'not-of-the-team' | MoveRefusal;

/**
 * Moves a request: approved or declined by whoever moderates, taken or entrusted, answered by a human, closed with a
 * next step, reopened, withdrawn by the person. Whoever is concerned is told in the same commit.
 */
export async function moveRequest(
  ctx: Context,
  request: MoveRequest
): Promise<Verdict<RequestState, MoveRequestRefusal>> {
  return transaction(ctx, `${request.move}-request`, async (tx, ledger) => {
    const verdict = await withRequest(tx, ctx, request, (row, mover) => move(tx, ctx, ledger, request, row, mover));
    return verdict ?? refuse('not-found');
  });
}

async function move(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  request: MoveRequest,
  row: RequestRow,
  mover: Mover
): Promise<Verdict<RequestState, MoveRequestRefusal>> {
  const current = await checkVersion(tx, row, request.version);
  if (!current.ok) return current;
  const checked = checkMove(row.state, request.move, mover.roles, request);
  if (!checked.ok) return checked;
  const place = await placeOfTerritory(tx, row.territoryId);
  const change = await changeOf(tx, ctx, request, row);
  if (!change.ok) return change;
  const { reason, note } = request;
  await writeMove(tx, ctx.now, row, mover, {
    move: request.move,
    to: checked.value,
    reason,
    note,
    change: change.value
  });
  const told = { ...row, version: row.version + 1, responsibleId: change.value.responsible_id ?? row.responsibleId };
  await tellOfMove(tx, ctx, ledger, request, told, { place, origin: request.origin });
  ledger.about('request', row.id, row.territoryId, { move: request.move, from: row.state, to: checked.value });
  return accept(checked.value);
}

async function changeOf(
  tx: Tx,
  ctx: Context,
  request: MoveRequest,
  row: RequestRow
): Promise<Verdict<RequestChange, MoveRequestRefusal>> {
  const nextStep = request.nextStep?.trim() ?? null;
  switch (request.move) {
    case 'take':
      if (row.responsibleId === ctx.actor.accountId) return refuse('already-responsible');
      return accept({ responsible_id: ctx.actor.accountId });
    case 'assign':
      if (!(await isOfTheTeam(tx, row.territoryId, request.assigneeId))) return refuse('not-of-the-team');
      if (row.responsibleId === request.assigneeId) return refuse('already-responsible');
      return accept({ responsible_id: request.assigneeId! });
    case 'answer':
      // Whoever answers a request that nobody had taken takes it: one gesture, not two.
      return accept({
        answered_at: row.answeredAt ?? ctx.now,
        ...(row.responsibleId ? {} : { responsible_id: ctx.actor.accountId })
      });
    case 'decline':
    case 'close':
      return accept({
        answered_at: row.answeredAt ?? ctx.now,
        next_step: nextStep,
        close_reason: request.reason ?? null
      });
    case 'reopen':
      return accept({
        answer_due_at: await answerDueAt(tx, row.territoryId, ctx.now),
        answered_at: null,
        warned_at: null,
        next_step: null,
        close_reason: null
      });
    default:
      return accept({});
  }
}

async function isOfTheTeam(tx: Tx, territoryId: Id, accountId: string | null | undefined): Promise<boolean> {
  if (!isId(accountId)) return false;
  const row = await tx
    .selectFrom('role_grant')
    .select('id')
    .where('territory_id', '=', territoryId)
    .where('account_id', '=', accountId)
    .where('role', 'in', ['facilitator', 'coordinator'])
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

async function tellOfMove(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  { move, nextStep, reason }: MoveRequest,
  row: RequestRow,
  desk: Desk
): Promise<void> {
  const news: Partial<Record<PlainMove, TeamNews>> = { assign: 'assigned', reopen: 'reopened', withdraw: 'withdrawn' };
  if (news[move]) await tellTeam(tx, ctx, ledger, row, desk, news[move]);
  if (move === 'close' || move === 'withdraw') {
    await endOffers(tx, ctx, ledger, row, desk, reason === 'oriented' || reason === 'answered' ? 'done' : 'withdrawn');
  }
  // Whoever takes their request back waits for no call, and nobody is to be reminded of one.
  if (move === 'withdraw' || reason === 'spam') await cancelPromises(tx, ctx, row);
  // Spam is not answered: a word would tell its author that somebody reads.
  if ((move === 'close' || move === 'decline') && reason !== 'spam') {
    await tellPerson(tx, ctx, ledger, row, desk, { kind: 'closed', nextStep: nextStep?.trim() ?? '', byItself: false });
  }
  if (move === 'answer') {
    await tx.updateTable('person').set({ last_contact_at: ctx.now }).where('id', '=', row.personId).execute();
  }
}

async function cancelPromises(tx: Tx, ctx: Context, { id }: RequestRow): Promise<void> {
  await tx
    .updateTable('promised_contact')
    .set({ done_at: ctx.now, outcome: 'cancelled' })
    .where('request_id', '=', id)
    .where('done_at', 'is', null)
    .execute();
}
