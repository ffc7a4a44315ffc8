import { ownOrganizations, type Context } from '@terreau/database/context';
import { transaction, type Ledger, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { checkMove, NOTE_MAX_CHARACTERS, type MoveRefusal, type RequestState } from './request-life.rules.ts';
import { sendReplyLink, tellWithdrawn } from './tell-partner.ts';
import { tellPerson } from './tell-person.ts';
import { tellTeam } from './tell-team.ts';
import type { Desk } from './desk.ts';
import { checkVersion, withRequest, writeMove, type Mover, type OfferRow, type RequestRow } from './request-rows.ts';
import { withReplyLink, type ReplyLinkRefusal } from './reply-links.ts';
import { placeOfTerritory } from './territory-place.ts';

export const OFFER_ANSWERS = ['accept', 'refuse', 'give-back', 'done'] as const;
export type OfferAnswer = (typeof OFFER_ANSWERS)[number];

export interface AnswerOffer {
  /** Either the link of the mail, or the offer as a member of its structure, or the team, sees it. */
  readonly by:
    | { readonly token: string }
    | { readonly territoryId: Id; readonly requestId: Id; readonly offerId: Id; readonly version?: number | undefined };
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

export type AnswerOfferRefusal =
  'not-found' | 'moved-meanwhile' | 'offer-over' | 'already-accepted' | ReplyLinkRefusal | MoveRefusal;

/**
 * An actor says yes or no to a request, gives back what they accepted, or says that it is done; by their account, by the
 * link of a mail, or on the telephone to somebody of the team who types it. Of several who accept, the first has it.
 */
export async function answerOffer(
  ctx: Context,
  request: AnswerOffer
): Promise<Verdict<AnsweredOffer, AnswerOfferRefusal>> {
  return transaction(ctx, `${request.answer}-offer`, async (tx, ledger) => {
    const { by } = request;
    if ('token' in by) {
      return withReplyLink(tx, ctx, by.token, (row, mover, offer) =>
        answer(tx, ctx, ledger, request, row, mover, offer, true)
      );
    }
    const verdict = await withRequest(tx, ctx, by, async (row, mover) => {
      const offer = row.offers.find((one) => one.id === by.offerId);
      if (!offer || !mayAnswer(ctx, mover, offer)) return refuse('not-found');
      const current = await checkVersion(tx, row, by.version);
      return current.ok ? answer(tx, ctx, ledger, request, row, mover, offer, false) : current;
    });
    return verdict ?? refuse('not-found');
  });
}

/** A member answers for their own structure only, whatever else was offered to others. */
function mayAnswer(ctx: Context, { roles }: Mover, offer: OfferRow): boolean {
  return (
    roles.has('team') || (offer.organizationId !== null && ownOrganizations(ctx.actor).includes(offer.organizationId))
  );
}

const NEXT_STATE = { accept: 'accepted', refuse: 'refused', 'give-back': 'refused', done: 'done' } as const;
const NEWS = { accept: 'accepted', refuse: 'refused', 'give-back': 'given-back', done: 'done' } as const;

async function answer(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  request: AnswerOffer,
  row: RequestRow,
  mover: Mover,
  offer: OfferRow,
  byLink: boolean
): Promise<Verdict<AnsweredOffer, AnswerOfferRefusal>> {
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
  { answer: move, reason, note }: AnswerOffer
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
