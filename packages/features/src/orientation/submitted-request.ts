import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import { settingsInForce } from '../territories/read-settings.query.ts';
import { hashOfReceipt } from '../trust/receipt-code.ts';
import { answerDueAt } from './answer-due.ts';
import type { AssistedChannel, DoorFields, DoorKind } from './door.schema.ts';
import { requestWaitsForReview } from './requests.policy.ts';

export interface ToSubmit {
  readonly territoryId: Id;
  readonly door: DoorKind;
  readonly fields: DoorFields;
  readonly personId: Id;
  readonly channel: 'page' | AssistedChannel;
  /** Somebody of the team who typed for the person. */
  readonly typedBy: Id | null;
  /** The draft that becomes this request. */
  readonly draftId: Id | null;
  readonly codeHash: string | null;
}

export interface Submitted {
  readonly requestId: Id;
  readonly answerDueAt: Instant;
}

/**
 * Writes a request that is sent, with its first move, and says who owes the answer and before when. What a new account
 * or a visitor sends waits for a human to read it. The caller holds the platform's rights.
 */
export async function insertSubmitted(tx: Tx, ctx: Context, sent: ToSubmit): Promise<Submitted> {
  const { territoryId, draftId, fields } = sent;
  const requestId = draftId ?? newId(ctx.now.getTime());
  const due = await answerDueAt(tx, territoryId, ctx.now);
  const settings = await settingsInForce(tx, territoryId);
  const waits = requestWaitsForReview(ctx.actor, territoryId, settings['review-new-accounts']);
  const state = waits && !sent.typedBy ? ('moderation' as const) : ('open' as const);
  const row = {
    territory_id: territoryId,
    door: sent.door,
    person_id: sent.personId,
    sentence: fields.sentence,
    for_whom: fields.forWhom,
    place_words: fields.placeWords,
    neighbourhood_id: await neighbourhoodIn(tx, territoryId, fields.placeWords),
    expectation: fields.expectation,
    reached_by: fields.reachedBy,
    language: ctx.language,
    visibility: fields.visibility,
    channel: sent.channel,
    typed_by: sent.typedBy,
    code_hash: sent.codeHash,
    state,
    state_changed_at: ctx.now,
    moved_at: ctx.now,
    // Whoever listens in the street hands over; at a counter or on the telephone the accompaniment has begun.
    responsible_id: (sent.channel === 'street' ? null : sent.typedBy) ?? (await whoAnswers(tx, territoryId)),
    submitted_at: ctx.now,
    answer_due_at: due,
    typed: null,
    updated_at: ctx.now
  };
  if (draftId) await tx.updateTable('request').set(row).where('id', '=', draftId).execute();
  else
    await tx
      .insertInto('request')
      .values({ id: requestId, created_at: ctx.now, ...row })
      .execute();
  await tx
    .insertInto('request_move')
    .values({
      request_id: requestId,
      territory_id: territoryId,
      move: 'submit',
      from_state: 'draft',
      to_state: state,
      moved_by: sent.typedBy,
      moved_as: sent.typedBy ? 'team' : 'person',
      moved_at: ctx.now
    })
    .execute();
  return { requestId, answerDueAt: due };
}

/** The facilitator who has the fewest open requests, else whoever coordinates; null where nobody works yet. */
async function whoAnswers(tx: Tx, territoryId: Id): Promise<Id | null> {
  const { rows } = await sql<{ id: Id }>`
    select g.account_id as id from role_grant g
    where g.territory_id = ${territoryId} and g.ended_at is null and g.role in ('facilitator', 'coordinator')
    order by g.role = 'coordinator',
      (select count(*) from request r where r.responsible_id = g.account_id and r.territory_id = g.territory_id
         and r.state in ('moderation', 'open', 'offered', 'accepted')),
      g.granted_at, g.account_id
    limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}

/** The neighbourhood that somebody named in their own words; null when they named none, or several. */
async function neighbourhoodIn(tx: Tx, territoryId: Id, placeWords: string | null): Promise<Id | null> {
  if (!placeWords) return null;
  const { rows } = await sql<{ id: Id }>`
    select id from neighbourhood where territory_id = ${territoryId}
      and position(unaccent(lower(name)) in unaccent(lower(${placeWords}))) > 0 limit 2`.execute(tx);
  return rows.length === 1 ? rows[0]!.id : null;
}

/** The draft that a code opens in this territory, held until the end so that it is sent once. */
export async function draftBehind(tx: Tx, territoryId: Id, code: string | null): Promise<Id | null> {
  const hash = code ? hashOfReceipt(code) : null;
  if (!hash) return null;
  const draft = await tx
    .selectFrom('request')
    .select('id')
    .where('code_hash', '=', hash)
    .where('territory_id', '=', territoryId)
    .where('state', '=', 'draft')
    .forUpdate()
    .executeTakeFirst();
  return draft?.id ?? null;
}
