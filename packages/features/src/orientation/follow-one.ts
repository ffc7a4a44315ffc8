import type { Context } from '@terreau/database/context';
import type { Ledger, Tx } from '@terreau/database/transaction';
import type { Round } from './desk.ts';
import {
  closesByItself,
  closingDay,
  daysIdle,
  isLate,
  remindersEarned,
  whoOwes,
  type RequestClock
} from './request-delays.rules.ts';
import { checkMove, type MoveDetails, type RequestMove } from './request-life.rules.ts';
import { endOffers } from './end-offers.ts';
import { nextStepOf } from './next-step.ts';
import { lockRequest, promisedDay, writeMove, type Mover, type OfferRow, type RequestRow } from './request-rows.ts';
import { sendReplyLink } from './tell-partner.ts';
import { tellPerson } from './tell-person.ts';
import { tellTeam } from './tell-team.ts';

export type Followed = 'expired' | 'closed' | 'warned' | 'reminded';

const PLATFORM: Mover = { roles: new Set(['platform']), accountId: null };

/** What time does to one locked request now, in this order; an empty list when it is nobody's turn. */
export async function followOne(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  request: RequestRow,
  round: Round
): Promise<Followed[]> {
  const expired = await expireOffers(tx, ctx, ledger, request, round);
  const row = expired > 0 ? (await lockRequest(tx, request.territoryId, request.id))! : request;
  const clock: RequestClock = { ...row, promisedOn: await promisedDay(tx, row.id) };
  const did: Followed[] = Array.from({ length: expired }, () => 'expired');
  // A request that expiry has just moved is nobody's delay yet; its clock says so.
  if (closesByItself(clock, ctx.now, round.place, round.delays.closeAfter)) {
    await closeIdle(tx, ctx, ledger, row, round);
    did.push('closed');
  } else {
    if (await warn(tx, ctx, ledger, row, round)) did.push('warned');
    did.push(...(await remind(tx, ctx, ledger, row, clock, round)));
  }
  if (did.length > 0) ledger.about('request', row.id, row.territoryId, { did: [...new Set(did)] });
  return did;
}

async function expireOffers(tx: Tx, ctx: Context, ledger: Ledger, request: RequestRow, round: Round): Promise<number> {
  const pending = request.offers.filter((offer) => offer.state === 'pending');
  const over = pending.filter((offer) => offer.expiresAt < ctx.now);
  let row = request;
  for (const [index, offer] of over.entries()) {
    const to = moveByTime(row, 'expire', { offersLeft: pending.length - index - 1 });
    await tx
      .updateTable('request_offer')
      .set({ state: 'expired' })
      .where('id', '=', offer.id)
      .where('request_id', '=', row.id)
      .execute();
    await writeMove(tx, ctx.now, row, PLATFORM, { move: 'expire', to });
    await tellTeam(tx, ctx, ledger, row, round, 'expired', { who: offer.name, onceKey: `offer:${offer.id}:expired` });
    row = { ...row, state: to, version: row.version + 1 };
  }
  return over.length;
}

async function closeIdle(tx: Tx, ctx: Context, ledger: Ledger, row: RequestRow, round: Round): Promise<void> {
  const accepted = row.offers.find((offer) => offer.state === 'accepted');
  const reason = accepted ? 'oriented' : row.answeredAt ? 'answered' : 'nothing-found';
  const nextStep = await nextStepOf(tx, row.id, round, accepted?.name ?? null);
  const to = moveByTime(row, 'close-idle', { reason, nextStep });
  await writeMove(tx, ctx.now, row, PLATFORM, {
    move: 'close-idle',
    to,
    reason,
    change: { next_step: nextStep, close_reason: reason }
  });
  const told = { ...row, version: row.version + 1 };
  await endOffers(tx, ctx, ledger, told, round, accepted ? 'done' : 'withdrawn');
  await tellPerson(tx, ctx, ledger, told, round, { kind: 'closed', nextStep, byItself: true });
  const days = daysIdle(row.movedAt, ctx.now, round.place);
  await tellTeam(tx, ctx, ledger, told, round, 'closed-idle', { days });
}

async function warn(tx: Tx, ctx: Context, ledger: Ledger, row: RequestRow, round: Round): Promise<boolean> {
  if (row.warnedAt || !isLate(row, ctx.now)) return false;
  const onceKey = `request:${row.id}:${row.answerDueAt!.toISOString()}:late`;
  await tellTeam(tx, ctx, ledger, row, round, 'late', { onceKey });
  await tx.updateTable('request').set({ warned_at: ctx.now }).where('id', '=', row.id).execute();
  return true;
}

/** One word to each who owes something for long enough, however many days the platform has slept. */
async function remind(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  row: RequestRow,
  clock: RequestClock,
  round: Round
): Promise<Followed[]> {
  const did: Followed[] = [];
  const earned = (since: Date) => remindersEarned(since, ctx.now, round.delays.remindEvery, round.place);
  const debts = whoOwes(clock);
  const ofTeam = debts.filter((debt) => debt.by === 'team');
  const teamCount = Math.max(0, ...ofTeam.map((debt) => earned(debt.since)));
  if (teamCount > row.reminders) {
    const days = daysIdle(row.movedAt, ctx.now, round.place);
    const onceKey = `request:${row.id}:${row.version}:owed-${teamCount}`;
    const closesOn = closingDay(clock, round.delays.closeAfter, round.place);
    await tellTeam(tx, ctx, ledger, row, round, 'owed', { days, closesOn, onceKey });
    await tx.updateTable('request').set({ reminders: teamCount }).where('id', '=', row.id).execute();
    did.push('reminded');
  }
  for (const debt of debts) {
    if (debt.by !== 'partner') continue;
    const offer = row.offers.find((one) => one.id === debt.offerId)!;
    const count = earned(debt.since);
    if (count <= offer.reminders) continue;
    await remindPartner(tx, ctx, ledger, row, offer, count, round);
    did.push('reminded');
  }
  return did;
}

async function remindPartner(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  row: RequestRow,
  offer: OfferRow,
  count: number,
  round: Round
): Promise<void> {
  const onceKey = `offer:${offer.id}:${offer.state}:owed-${count}`;
  await sendReplyLink(tx, ctx, ledger, row, offer, round, { isReminder: true, onceKey });
  await tx
    .updateTable('request_offer')
    .set({ reminders: count, reminded_at: ctx.now })
    .where('id', '=', offer.id)
    .where('request_id', '=', row.id)
    .execute();
}

/** A move of the platform on a request of which the round has already read that it is due: a refusal is a bug. */
function moveByTime(row: RequestRow, move: RequestMove, details: MoveDetails) {
  const checked = checkMove(row.state, move, PLATFORM.roles, details);
  if (!checked.ok) throw new Error(`${move} of a request in ${row.state}: ${checked.code}`);
  return checked.value;
}
