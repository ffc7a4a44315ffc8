import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import { settingsInForce } from '../territories/read-settings.query.ts';
import { closingDay, whoOwes, type Debt } from './request-delays.rules.ts';
import { possibleMoves, type RequestMove, type RequestState } from './request-life.rules.ts';
import { offersOf, promisedDay } from './request-rows.ts';
import { mayFollowRequests, rolesOn } from './requests.policy.ts';
import { sharedLines } from './shared-request.ts';
import { SHAREABLE_FIELDS, type SharedLine } from './shared-fields.rules.ts';
import { placeOfTerritory } from './territory-place.ts';

const MOVES_SHOWN_MAX_COUNT = 200;

export interface ShownRequest {
  readonly id: Id;
  readonly door: string;
  readonly state: RequestState;
  readonly version: number;
  readonly visibility: string;
  readonly channel: string;
  readonly hasVoice: boolean;
  readonly submittedAt: Instant;
  readonly answerDueAt: Instant;
  readonly answeredAt: Instant | null;
  readonly nextStep: string | null;
  readonly responsibleId: Id | null;
  readonly responsible: string | null;
  /** Everything that was asked, and who asks: what could be shared, with its words. */
  readonly lines: readonly SharedLine[];
  readonly owed: readonly Debt[];
  /** The day on which it closes by itself if nothing happens; null where it does not. */
  readonly closesOn: LocalDate | null;
  readonly moves: readonly ShownMove[];
  readonly offers: readonly ShownOffer[];
  readonly promises: readonly ShownPromise[];
  readonly survey: ShownSurvey | null;
  /** What the reader may do now. */
  readonly possible: readonly RequestMove[];
  readonly team: readonly { readonly id: Id; readonly name: string }[];
}

export interface ShownMove {
  readonly move: string;
  readonly reason: string | null;
  readonly note: string | null;
  readonly by: string | null;
  readonly as: 'person' | 'team' | 'partner' | 'platform';
  readonly at: Instant;
}

export interface ShownOffer {
  readonly id: Id;
  readonly name: string;
  readonly kind: 'offer' | 'hand-over';
  readonly state: string;
  readonly reason: string | null;
  readonly note: string | null;
  readonly shared: readonly string[];
  readonly offeredAt: Instant;
  readonly expiresAt: Instant;
  readonly answeredAt: Instant | null;
  readonly hasAddress: boolean;
}

export interface ShownPromise {
  readonly id: Id;
  readonly kind: string;
  readonly on: LocalDate;
  readonly by: string | null;
  readonly note: string | null;
}

export interface ShownSurvey {
  readonly answeredAt: Instant | null;
  readonly wasContacted: string | null;
  readonly wasUseful: string | null;
  readonly whatCame: string | null;
}

/** A request as the team of its territory follows it; null when absent or not theirs. */
export async function findRequest(
  ctx: Context,
  { territoryId, requestId }: { readonly territoryId: Id; readonly requestId: string }
): Promise<ShownRequest | null> {
  if (!isId(requestId) || !mayFollowRequests(ctx.actor, territoryId)) return null;
  return reading(ctx, async (tx) => {
    const row = await tx
      .selectFrom('request')
      .leftJoin('account', 'account.id', 'request.responsible_id')
      .selectAll('request')
      .select('account.name as responsible')
      .where('request.id', '=', requestId)
      .where('request.territory_id', '=', territoryId)
      .where('request.state', '<>', 'draft')
      .executeTakeFirst();
    if (!row) return null;
    const state = row.state as RequestState;
    const offers = await offersOf(tx, requestId);
    const clock = {
      state,
      movedAt: row.moved_at,
      answeredAt: row.answered_at,
      offers,
      promisedOn: await promisedDay(tx, requestId)
    };
    const owner = { territoryId, responsibleId: row.responsible_id, personAccountId: null, offeredTo: [] };
    const { 'request-delays': delays } = await settingsInForce(tx, territoryId);
    return {
      id: row.id,
      door: row.door,
      state,
      version: row.version,
      visibility: row.visibility,
      channel: row.channel,
      hasVoice: row.voice_file_id !== null,
      submittedAt: row.submitted_at!,
      answerDueAt: row.answer_due_at ?? row.submitted_at!,
      answeredAt: row.answered_at,
      nextStep: row.next_step,
      responsibleId: row.responsible_id,
      responsible: row.responsible,
      lines: await sharedLines(tx, requestId, SHAREABLE_FIELDS),
      owed: whoOwes(clock),
      closesOn: closingDay(clock, delays.closeAfter, await placeOfTerritory(tx, territoryId)),
      moves: await movesOf(tx, requestId),
      offers: await shownOffers(tx, requestId),
      promises: await promisesOf(tx, requestId),
      survey: await surveyOf(tx, requestId),
      possible: possibleMoves(state, rolesOn(ctx.actor, owner)),
      team: await teamOf(tx, territoryId)
    };
  });
}

async function movesOf(tx: Tx, requestId: Id): Promise<ShownMove[]> {
  const { rows } = await sql<ShownMove>`
    select m.move, m.reason, m.note, a.name as by, m.moved_as as as, m.moved_at as at
    from request_move m left join account a on a.id = m.moved_by
    where m.request_id = ${requestId} order by m.id desc limit ${MOVES_SHOWN_MAX_COUNT}`.execute(tx);
  return rows;
}

async function shownOffers(tx: Tx, requestId: Id): Promise<ShownOffer[]> {
  const offers = await offersOf(tx, requestId);
  const rows = await tx
    .selectFrom('request_offer')
    .select(['id', 'reason', 'answer_note as note', 'shared_fields as shared'])
    .where('request_id', '=', requestId)
    .execute();
  const more = new Map(rows.map((row) => [row.id, row]));
  return offers.map((offer) => ({
    id: offer.id,
    name: offer.name,
    kind: offer.kind,
    state: offer.state,
    reason: more.get(offer.id)!.reason,
    note: more.get(offer.id)!.note,
    shared: more.get(offer.id)!.shared,
    offeredAt: offer.offeredAt,
    expiresAt: offer.expiresAt,
    answeredAt: offer.answeredAt,
    hasAddress: offer.hasAddress
  }));
}

async function promisesOf(tx: Tx, requestId: Id): Promise<ShownPromise[]> {
  return tx
    .selectFrom('promised_contact')
    .leftJoin('account', 'account.id', 'promised_contact.promised_by')
    .select(['promised_contact.id', 'kind', 'promised_on as on', 'account.name as by', 'note'])
    .where('request_id', '=', requestId)
    .where('done_at', 'is', null)
    .orderBy('promised_on')
    .orderBy('promised_contact.id')
    .execute();
}

async function surveyOf(tx: Tx, requestId: Id): Promise<ShownSurvey | null> {
  const row = await tx
    .selectFrom('request_survey')
    .select(['answered_at as answeredAt', 'was_contacted as wasContacted', 'was_useful as wasUseful'])
    .select('what_came as whatCame')
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  return row ?? null;
}

/** Those to whom a request can be entrusted. */
async function teamOf(tx: Tx, territoryId: Id): Promise<{ id: Id; name: string }[]> {
  return tx
    .selectFrom('role_grant')
    .innerJoin('account', 'account.id', 'role_grant.account_id')
    .select(['account.id', 'account.name'])
    .distinct()
    .where('territory_id', '=', territoryId)
    .where('role', 'in', ['facilitator', 'coordinator'])
    .where('ended_at', 'is', null)
    .orderBy('account.name')
    .execute();
}
