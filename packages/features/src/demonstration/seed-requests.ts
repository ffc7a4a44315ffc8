import { isWorkingDay } from '@terreau/calendar/working-days';
import type { Context } from '@terreau/database/context';
import type { Ledger, Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { localDate, plusDays, plusLocalDays } from '@terreau/kernel/instants';
import { sendSurveyLink } from '../orientation/ask-what-came.ts';
import { answerDueAt } from '../orientation/request-delays.rules.ts';
import { sendReplyLink } from '../orientation/tell-partner.ts';
import { offersOf } from '../orientation/request-rows.ts';
import { HANDED_OVER_AT_FIRST, SHARED_AT_FIRST } from '../orientation/shared-fields.rules.ts';
import { placeOfTerritory, type TerritoryPlace } from '../orientation/territory-place.ts';
import { SHARE_CONSENT_PURPOSE, SHARE_CONSENT_VERSION } from '../trust/consent-texts.rules.ts';
import { hashOfReceipt, newReceiptCode } from '../trust/receipt-code.ts';
import { demonstrationRequests, type DemonstrationOffer, type DemonstrationRequest } from './demonstration-requests.ts';
import { before, expiredAt, historyOf, sentAt } from './request-history.rules.ts';

export interface RequestSeed {
  readonly territoryId: Id;
  readonly neighbourhoods: ReadonlyMap<string, Id>;
  readonly organizations: ReadonlyMap<string, Id>;
  readonly accounts: ReadonlyMap<string, Id>;
  readonly answerWithinWorkingDays: number;
  /** The public address of the site, for the links of the mails that wait for an answer. */
  readonly origin: string;
}

/** Numbers that the regulator keeps for fiction: 06 39 98 then four figures. */
const FICTION_PHONE = '+3363998';
const OFFER_STANDS_DAYS = 18;

/**
 * Writes what people of Valbrune asked, as the commands would have left it: each with its moves, its offers and its
 * promises. Offers that wait have a mail with a link that works.
 */
export async function insertRequests(tx: Tx, ctx: Context, ledger: Ledger, seed: RequestSeed): Promise<void> {
  const place = await placeOfTerritory(tx, seed.territoryId);
  for (const [position, request] of demonstrationRequests().entries()) {
    const id = newId(sentAt(request, ctx.now, place.timeZone).getTime());
    await insertRequest(tx, ctx, seed, place, id, request, position);
    await insertMoves(tx, ctx, seed, place, id, request);
    for (const offer of request.offers ?? []) await insertOffer(tx, ctx, seed, id, request, offer);
    await insertPromises(tx, ctx, seed, place, id, request);
    await insertSurvey(tx, ctx, seed, id, request);
    await sendWaitingSurvey(tx, ctx, ledger, seed, place, id, request);
    await sendWaitingOffers(tx, ctx, ledger, seed, place, id, request);
  }
}

async function insertRequest(
  tx: Tx,
  ctx: Context,
  seed: RequestSeed,
  place: TerritoryPlace,
  id: Id,
  request: DemonstrationRequest,
  position: number
): Promise<void> {
  const sent = sentAt(request, ctx.now, place.timeZone);
  const moves = historyOf(request, ctx.now, place.timeZone);
  const isDraft = request.state === 'draft';
  const movedAt = moves.at(-1)?.at ?? sent;
  const responsible = request.responsible ? seed.accounts.get(request.responsible)! : null;
  await tx
    .insertInto('request')
    .values({
      id,
      territory_id: seed.territoryId,
      door: request.door,
      person_id: isDraft ? null : await insertPerson(tx, ctx, seed, request, sent, position),
      sentence: isDraft ? null : request.sentence,
      for_whom: isDraft ? null : (request.forWhom ?? null),
      place_words: isDraft ? null : (request.placeWords ?? null),
      expectation: isDraft ? null : (request.expectation ?? null),
      typed: isDraft ? JSON.stringify(typedOf(request)) : null,
      neighbourhood_id: request.neighbourhood && !isDraft ? seed.neighbourhoods.get(request.neighbourhood)! : null,
      reached_by: isDraft ? null : request.reachedBy,
      language: request.language ?? 'fr',
      visibility: request.visibility ?? 'facilitators',
      themes: request.themes ?? [],
      publics: request.publics ?? [],
      channel: request.channel,
      typed_by: request.channel === 'page' ? null : responsible,
      code_hash: hashOfReceipt(newReceiptCode()),
      state: request.state,
      version: Math.max(moves.length, 1),
      state_changed_at: moves.findLast((move) => move.from !== move.to)?.at ?? sent,
      moved_at: movedAt,
      responsible_id: responsible,
      submitted_at: isDraft ? null : sent,
      answer_due_at: isDraft ? null : answerDueAt(sent, place, seed.answerWithinWorkingDays),
      answered_at: request.answeredDaysAgo === undefined ? null : before(ctx.now, request.answeredDaysAgo, 8),
      next_step: request.nextStep ?? null,
      close_reason: request.closeReason ?? null,
      created_at: sent,
      updated_at: movedAt
    })
    .execute();
}

/** A draft is kept as it was typed, whole or not. */
function typedOf(request: DemonstrationRequest): Record<string, string> {
  return {
    sentence: request.sentence,
    forWhom: request.forWhom ?? '',
    placeWords: request.placeWords ?? '',
    expectation: request.expectation ?? '',
    name: '',
    phone: '',
    email: '',
    reachedBy: '',
    visibility: '',
    receipt: ''
  };
}

async function insertPerson(
  tx: Tx,
  ctx: Context,
  seed: RequestSeed,
  request: DemonstrationRequest,
  sent: Date,
  position: number
): Promise<Id> {
  const name = request.firstName ?? 'Une personne';
  const address = name.normalize('NFD').replace(/[^a-zA-Z]/g, '');
  const row = await tx
    .insertInto('person')
    .values({
      territory_id: seed.territoryId,
      display_name: name,
      phone: request.contact?.includes('phone') ? `${FICTION_PHONE}${String(1000 + position)}` : null,
      email: request.contact?.includes('email') ? `${address.toLowerCase()}@courriel.example` : null,
      neighbourhood_id: request.neighbourhood ? seed.neighbourhoods.get(request.neighbourhood)! : null,
      created_at: sent,
      last_contact_at: request.answeredDaysAgo === undefined ? sent : before(ctx.now, request.answeredDaysAgo, 8)
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

async function insertMoves(
  tx: Tx,
  ctx: Context,
  seed: RequestSeed,
  place: TerritoryPlace,
  id: Id,
  request: DemonstrationRequest
): Promise<void> {
  const moves = historyOf(request, ctx.now, place.timeZone);
  if (moves.length === 0) return;
  const responsible = request.responsible ? seed.accounts.get(request.responsible)! : null;
  const rows = moves.map(({ move, from, to, at, as, reason }) => ({
    id: newId(at.getTime()),
    request_id: id,
    territory_id: seed.territoryId,
    move,
    from_state: from,
    to_state: to,
    reason,
    moved_by: as === 'team' ? responsible : null,
    moved_as: as,
    moved_at: at
  }));
  await tx.insertInto('request_move').values(rows).execute();
}

async function insertOffer(
  tx: Tx,
  ctx: Context,
  seed: RequestSeed,
  requestId: Id,
  request: DemonstrationRequest,
  offer: DemonstrationOffer
): Promise<void> {
  const offeredAt = before(ctx.now, offer.offeredDaysAgo, 5);
  const answeredAt = offer.answeredDaysAgo === undefined ? null : before(ctx.now, offer.answeredDaysAgo, 4);
  const doneAt = offer.state === 'done' ? before(ctx.now, request.endedDaysAgo!, 2) : null;
  await tx
    .insertInto('request_offer')
    .values({
      id: newId(offeredAt.getTime()),
      request_id: requestId,
      territory_id: seed.territoryId,
      organization_id: seed.organizations.get(offer.to)!,
      kind: offer.kind ?? 'offer',
      shared_fields: [...(offer.kind === 'hand-over' ? HANDED_OVER_AT_FIRST : SHARED_AT_FIRST)],
      consent_id: await insertConsent(tx, seed, requestId, request, offeredAt),
      message: offer.message ?? null,
      state: offer.state,
      reason: offer.reason ?? null,
      answer_note: offer.answerNote ?? null,
      offered_by: seed.accounts.get(request.responsible!)!,
      offered_at: offeredAt,
      expires_at: offer.state === 'expired' ? expiredAt(offer, ctx.now) : plusDays(offeredAt, OFFER_STANDS_DAYS),
      answered_at: answeredAt,
      person_told_at: offer.personTold ? answeredAt : null,
      followed_up_at: doneAt
    })
    .execute();
}

/** Said aloud to whoever offered it: what is shared was listed first. */
async function insertConsent(
  tx: Tx,
  seed: RequestSeed,
  requestId: Id,
  request: DemonstrationRequest,
  at: Date
): Promise<Id> {
  const { person_id } = await tx
    .selectFrom('request')
    .select('person_id')
    .where('id', '=', requestId)
    .executeTakeFirstOrThrow();
  const row = await tx
    .insertInto('consent')
    .values({
      person_id,
      territory_id: seed.territoryId,
      purpose: SHARE_CONSENT_PURPOSE,
      text_version: SHARE_CONSENT_VERSION,
      channel: 'oral',
      recorded_by: seed.accounts.get(request.responsible!)!,
      given_at: at
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

async function insertPromises(
  tx: Tx,
  ctx: Context,
  seed: RequestSeed,
  place: TerritoryPlace,
  requestId: Id,
  request: DemonstrationRequest
): Promise<void> {
  const today = localDate(ctx.now, place.timeZone);
  for (const { kind, inDays, note } of request.promises ?? []) {
    let day = plusLocalDays(today, inDays);
    // Nobody promises a visit on a Sunday.
    while (inDays > 0 && !isWorkingDay(day, place.departement)) day = plusLocalDays(day, 1);
    await tx
      .insertInto('promised_contact')
      .values({
        territory_id: seed.territoryId,
        request_id: requestId,
        kind,
        promised_on: day,
        promised_by: seed.accounts.get(request.responsible!)!,
        note: note ?? null,
        created_at: before(ctx.now, request.answeredDaysAgo!, 7)
      })
      .execute();
  }
}

async function insertSurvey(
  tx: Tx,
  ctx: Context,
  seed: RequestSeed,
  requestId: Id,
  { survey, responsible }: DemonstrationRequest
): Promise<void> {
  if (!survey) return;
  await tx
    .insertInto('request_survey')
    .values({
      request_id: requestId,
      territory_id: seed.territoryId,
      asked_at: before(ctx.now, survey.askedDaysAgo, 0),
      answered_at: survey.answeredDaysAgo === undefined ? null : before(ctx.now, survey.answeredDaysAgo, 0),
      was_contacted: survey.wasContacted ?? null,
      was_useful: survey.wasUseful ?? null,
      what_came: survey.whatCame ?? null,
      channel: survey.channel ?? null,
      typed_by: survey.channel === 'typed' ? seed.accounts.get(responsible!)! : null
    })
    .execute();
}

/** The three questions wait for whoever has not answered them. */
async function sendWaitingSurvey(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  seed: RequestSeed,
  place: TerritoryPlace,
  requestId: Id,
  { survey }: DemonstrationRequest
): Promise<void> {
  if (!survey || survey.answeredDaysAgo !== undefined) return;
  const row = await tx.selectFrom('request').select('person_id').where('id', '=', requestId).executeTakeFirstOrThrow();
  const told = {
    id: requestId,
    territoryId: seed.territoryId,
    version: 1,
    personId: row.person_id,
    responsibleId: null
  };
  await sendSurveyLink(tx, ctx, ledger, told, { place, origin: seed.origin });
}

async function sendWaitingOffers(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  seed: RequestSeed,
  place: TerritoryPlace,
  requestId: Id,
  request: DemonstrationRequest
): Promise<void> {
  if (request.state !== 'offered') return;
  const told = { id: requestId, territoryId: seed.territoryId, version: 1, personId: null, responsibleId: null };
  for (const offer of await offersOf(tx, requestId)) {
    if (offer.state !== 'pending') continue;
    await sendReplyLink(tx, ctx, ledger, told, offer, { place, origin: seed.origin });
  }
}
