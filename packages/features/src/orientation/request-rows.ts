import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { asPlatform } from '../trust/as-platform.ts';
import { hashOfReceipt } from '../trust/receipt-code.ts';
import type { OfferClock } from './request-delays.rules.ts';
import { movedAs, type RequestMove, type RequestRole, type RequestState } from './request-life.rules.ts';
import { rolesOn, type RequestOwner } from './requests.policy.ts';
import { canReceiveSms } from './text-messages.rules.ts';

/** A request as its moves need it. */
export interface RequestRow extends RequestOwner {
  readonly id: Id;
  readonly state: RequestState;
  readonly version: number;
  readonly visibility: string;
  readonly personId: Id | null;
  readonly submittedAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly answerDueAt: Instant | null;
  readonly warnedAt: Instant | null;
  readonly movedAt: Instant;
  /** Words that left to the team since then. */
  readonly reminders: number;
  readonly offers: readonly OfferRow[];
}

export interface OfferRow extends OfferClock {
  readonly organizationId: Id | null;
  readonly supportId: Id | null;
  readonly kind: 'offer' | 'hand-over';
  readonly expiresAt: Instant;
  readonly reminders: number;
  readonly name: string;
  readonly email: string | null;
  /** Where a text message reaches an actor who has no mail address, in E.164. */
  readonly mobile: string | null;
}

/** Waits for whoever else moves the request, then reads it as it is; null when absent or unseen. */
export async function lockRequest(tx: Tx, territoryId: Id, id: Id): Promise<RequestRow | null> {
  if (!isId(id) || !isId(territoryId)) return null;
  const row = await tx
    .selectFrom('request')
    .selectAll()
    .where('id', '=', id)
    .where('territory_id', '=', territoryId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return null;
  const person = row.person_id
    ? await tx.selectFrom('person').select('account_id').where('id', '=', row.person_id).executeTakeFirst()
    : undefined;
  const offers = await offersOf(tx, id);
  return {
    id,
    territoryId,
    state: row.state as RequestState,
    version: row.version,
    visibility: row.visibility,
    personId: row.person_id,
    personAccountId: person?.account_id ?? null,
    responsibleId: row.responsible_id,
    submittedAt: row.submitted_at,
    answeredAt: row.answered_at,
    answerDueAt: row.answer_due_at,
    warnedAt: row.warned_at,
    movedAt: row.moved_at,
    reminders: row.reminders,
    offers,
    // Whoever was asked once is told what became of it, rather than that there is nothing.
    offeredTo: offers.flatMap((offer) => offer.organizationId ?? [])
  };
}

/** The offers of a request, oldest first. The address: that of the support, of the person who offers it, of the structure. */
export async function offersOf(tx: Tx, requestId: Id): Promise<OfferRow[]> {
  const { rows } = await sql<Omit<OfferRow, 'hasAddress' | 'mobile'> & { readonly phone: string | null }>`
    select f.id, f.state, f.kind, f.offered_at as "offeredAt", f.answered_at as "answeredAt", f.expires_at as "expiresAt",
      f.organization_id as "organizationId", f.support_id as "supportId", f.reminders,
      coalesce(o.name, s.title) as name, coalesce(s.email, a.email, p.email, o.email) as email,
      coalesce(s.phone, p.phone, o.phone) as phone
    from request_offer f
      left join support s on s.id = f.support_id
      left join skill k on k.id = s.skill_id
      left join person p on p.id = k.person_id
      left join account a on a.id = p.account_id
      left join organization o on o.id = f.organization_id
    where f.request_id = ${requestId} order by f.id`.execute(tx);
  return rows.map(({ phone, ...row }) => {
    const mobile = canReceiveSms(phone) ? phone : null;
    return { ...row, mobile, hasAddress: (row.email ?? mobile) !== null };
  });
}

/** Who moves: the actor, and what they showed. */
export interface Mover {
  readonly roles: ReadonlySet<RequestRole>;
  readonly accountId: Id | null;
}

/**
 * Runs `work` on a locked request with what the actor is to it. With the person's code, or for somebody to whom it was
 * offered, it runs with the platform's rights, since neither may read the request's rows. Absent, unseen and a
 * stranger's are the same null.
 */
export async function withRequest<Value>(
  tx: Tx,
  ctx: Context,
  { territoryId, requestId, code }: { territoryId: Id; requestId: Id; code?: string | undefined },
  work: (request: RequestRow, mover: Mover) => Promise<Value>
): Promise<Value | null> {
  return asPlatform(tx, async () => {
    const request = await lockRequest(tx, territoryId, requestId);
    if (!request) return null;
    const opened = code !== undefined && (await isCodeOf(tx, request.id, code)) ? 'code' : null;
    const roles = rolesOn(ctx.actor, request, opened);
    if (roles.has('stranger')) return null;
    return work(request, { roles, accountId: ctx.actor.accountId });
  });
}

async function isCodeOf(tx: Tx, requestId: Id, code: string): Promise<boolean> {
  const hash = hashOfReceipt(code);
  if (!hash) return false;
  const row = await tx
    .selectFrom('request')
    .select('id')
    .where('id', '=', requestId)
    .where('code_hash', '=', hash)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Whether the request is still as it was shown to whoever decides. The loser of two is told what happened: the newest
 * move is in the details.
 */
export async function checkVersion(
  tx: Tx,
  request: RequestRow,
  seen: number | undefined
): Promise<Verdict<undefined, 'moved-meanwhile'>> {
  if (seen === undefined || seen === request.version) return accept();
  const last = await tx
    .selectFrom('request_move')
    .select(['move', 'moved_as'])
    .where('request_id', '=', request.id)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return refuse('moved-meanwhile', { move: last?.move ?? '', by: last?.moved_as ?? '', state: request.state });
}

/** Columns of `request` that a move may change beside its state. */
export interface RequestChange {
  readonly responsible_id?: Id | null;
  readonly submitted_at?: Instant;
  readonly answer_due_at?: Instant | null;
  readonly answered_at?: Instant | null;
  readonly warned_at?: Instant | null;
  readonly next_step?: string | null;
  readonly close_reason?: string | null;
}

export interface WrittenMove {
  readonly move: RequestMove;
  readonly to: RequestState;
  readonly reason?: string | null;
  readonly note?: string | null;
  readonly change?: RequestChange;
}

/** Writes a move that was checked: the state and its row, with which the database winds the clock and the version. */
export async function writeMove(
  tx: Tx,
  now: Instant,
  request: Pick<RequestRow, 'id' | 'territoryId' | 'state' | 'version'>,
  mover: Mover,
  { move, to, reason, note, change }: WrittenMove
): Promise<void> {
  await tx
    .updateTable('request')
    .set({
      ...change,
      state: to,
      updated_at: now,
      ...(to === request.state ? {} : { state_changed_at: now })
    })
    .where('id', '=', request.id)
    .where('version', '=', request.version)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('request_move')
    .values({
      request_id: request.id,
      territory_id: request.territoryId,
      move,
      from_state: request.state,
      to_state: to,
      reason: reason ?? null,
      note: note?.trim() || null,
      moved_by: mover.accountId,
      moved_as: movedAs(move, mover.roles),
      moved_at: now
    })
    .execute();
}

/** The latest day of the contacts that were promised about a request and not yet made. */
export async function promisedDay(tx: Tx, requestId: Id): Promise<LocalDate | null> {
  const row = await tx
    .selectFrom('promised_contact')
    .select((select) => select.fn.max('promised_on').as('day'))
    .where('request_id', '=', requestId)
    .where('done_at', 'is', null)
    .executeTakeFirst();
  return row?.day ?? null;
}
