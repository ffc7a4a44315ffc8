import type { Context } from '@terreau/database/context';
import type { Ledger, Tx } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Desk } from './desk.ts';
import {
  checkMove,
  NOTE_MAX_CHARACTERS,
  type MoveRefusal,
  type OfferAnswer,
  type RequestState
} from './request-life.rules.ts';
import { writeMove, type Mover, type OfferRow, type RequestRow } from './request-rows.ts';
import { sendReplyLink, tellWithdrawn } from './tell-partner.ts';
import { tellPerson } from './tell-person.ts';
import { tellTeam } from './tell-team.ts';
import { placeOfTerritory } from './territory-place.ts';

export interface TakenAnswer {
  readonly answer: OfferAnswer;
  readonly reason?: string | null;
  /** A word for the team: nothing about the person is asked for. */
  readonly note?: string | null;
  readonly origin: string;
}

export interface AnsweredOffer {
  readonly state: RequestState;
  /** After a yes by link: the link with which it is followed; it was mailed too. */
  readonly nextToken: string | null;
}

export type TakeAnswerRefusal = 'offer-over' | 'already-accepted' | MoveRefusal;

const NEXT_STATE = { accept: 'accepted', refuse: 'refused', 'give-back': 'refused', done: 'done' } as const;
const NEWS = { accept: 'accepted', refuse: 'refused', 'give-back': 'given-back', done: 'done' } as const;

/** Writes what an actor answers to an offer that is locked, and tells whoever is to know. `byLink`: they have no account here. */
export async function takeAnswer(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  request: TakenAnswer,
  row: RequestRow,
  mover: Mover,
  offer: OfferRow,
  byLink: boolean
): Promise<Verdict<AnsweredOffer, TakeAnswerRefusal>> {
  const { answer: move, reason, note } = request;
  const others = row.offers.filter((one) => one.state === 'pending' && one.id !== offer.id);
  const checked = checkMove(row.state, move, mover.roles, { reason, note, offersLeft: others.length });
  const expected = move === 'accept' || move === 'refuse' ? 'pending' : 'accepted';
  // Told what happened before what is missing: somebody else was faster, or the offer is over.
  if (offer.state !== expected) return refuse(isTakenByOther(row, offer) ? 'already-accepted' : 'offer-over');
  if (!checked.ok) return checked;
  if ((note?.length ?? 0) > NOTE_MAX_CHARACTERS) return refuse('note-too-long', { max: NOTE_MAX_CHARACTERS });
  const desk: Desk = { place: await placeOfTerritory(tx, row.territoryId), origin: request.origin };
  await writeAnswer(tx, ctx, row, offer, request);
  const told = { ...row, version: row.version + 1 };
  if (move === 'accept') await withdrawOthers(tx, ledger, told, others, desk);
  const isTold =
    move === 'accept' || move === 'give-back' ? await tellThePerson(tx, ctx, ledger, told, offer, move, desk) : false;
  await writeMove(tx, ctx.now, row, mover, {
    move,
    to: checked.value,
    reason: reason ?? null,
    note: note ?? null,
    change: move === 'accept' && isTold ? { answered_at: row.answeredAt ?? ctx.now } : {}
  });
  await tellTeam(tx, ctx, ledger, told, desk, NEWS[move], { who: offer.name });
  const followed = { ...offer, state: NEXT_STATE[move] } as const;
  const nextToken = move === 'accept' && byLink ? await sendReplyLink(tx, ctx, ledger, told, followed, desk) : null;
  ledger.about('request-offer', offer.id, row.territoryId, { answer: move, to: checked.value });
  return accept({ state: checked.value, nextToken });
}

function isTakenByOther(row: RequestRow, offer: OfferRow): boolean {
  return row.offers.some((one) => one.id !== offer.id && (one.state === 'accepted' || one.state === 'done'));
}

async function writeAnswer(
  tx: Tx,
  ctx: Context,
  row: RequestRow,
  offer: OfferRow,
  { answer: move, reason, note }: TakenAnswer
): Promise<void> {
  await tx
    .updateTable('request_offer')
    .set({
      state: NEXT_STATE[move],
      reminders: 0,
      ...(move === 'done' ? { followed_up_at: ctx.now } : {}),
      ...(move === 'refuse' || move === 'give-back' ? { reason: reason ?? null } : {}),
      ...(note?.trim() ? { answer_note: note.trim() } : {}),
      ...(offer.answeredAt ? {} : { answered_at: ctx.now, answered_by: ctx.actor.accountId })
    })
    .where('id', '=', offer.id)
    .where('request_id', '=', row.id)
    .executeTakeFirstOrThrow();
}

async function withdrawOthers(
  tx: Tx,
  ledger: Ledger,
  row: RequestRow,
  others: readonly OfferRow[],
  desk: Desk
): Promise<void> {
  for (const other of others) {
    await tx
      .updateTable('request_offer')
      .set({ state: 'withdrawn' })
      .where('id', '=', other.id)
      .where('request_id', '=', row.id)
      .execute();
    await tellWithdrawn(tx, ledger, row, other, desk);
  }
}

/** Whether a message has left. Whoever reads none is promised a call, and is told when it is made. */
async function tellThePerson(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  row: RequestRow,
  offer: OfferRow,
  move: 'accept' | 'give-back',
  desk: Desk
): Promise<boolean> {
  if (move === 'give-back') return (await tellPerson(tx, ctx, ledger, row, desk, { kind: 'given-back' })) !== 'promise';
  const kind = offer.kind === 'hand-over' ? 'handed-over' : 'accepted';
  const channel = await tellPerson(tx, ctx, ledger, row, desk, { kind, structure: offer.name });
  const isTold = channel === 'mail' || channel === 'sms';
  if (isTold) {
    await tx
      .updateTable('request_offer')
      .set({ person_told_at: ctx.now })
      .where('id', '=', offer.id)
      .where('request_id', '=', row.id)
      .execute();
  }
  return isTold;
}
