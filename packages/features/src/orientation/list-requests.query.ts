import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { plusDays, type Instant } from '@terreau/kernel/instants';
import { sql, type RawBuilder } from 'kysely';
import { settingsInForce } from '../territories/read-settings.query.ts';
import { basketOf, daysIdle } from './request-delays.rules.ts';
import { LIVE_REQUEST_STATES, REQUEST_STATES, type RequestState } from './request-life.rules.ts';
import { mayFollowRequests } from './requests.policy.ts';
import { placeOfTerritory } from './territory-place.ts';

export const REQUESTS_PAGE_ROWS = 30;

/** Whoever reads no message is asked what came of their request within this many days; then nobody is bothered any more. */
const ASKED_WITHIN_DAYS = 60;

/** `live`: everything that somebody still owes something on; a state; or what waits in a way of its own. */
export const REQUEST_LISTS = ['live', 'mine', 'unanswered', 'idle', 'to-ask', ...REQUEST_STATES.slice(1)] as const;
export type RequestList = (typeof REQUEST_LISTS)[number];

export interface ListedRequest {
  readonly id: Id;
  readonly door: string;
  readonly sentence: string;
  readonly person: string;
  readonly state: RequestState;
  readonly submittedAt: Instant;
  readonly answerDueAt: Instant;
  readonly answeredAt: Instant | null;
  readonly responsible: string | null;
  readonly neighbourhood: string | null;
  readonly pendingOffers: number;
  readonly promisedOn: string | null;
  /** Days without any gesture, and the basket into which they put it; null for what is over. */
  readonly idleDays: number | null;
  readonly basket: number | null;
}

export interface RequestPage {
  readonly requests: readonly ListedRequest[];
  readonly total: number;
  readonly next: Id | null;
  readonly baskets: readonly number[];
}

/** The requests of a territory for its team, oldest first so that nobody waits behind a newcomer; null for others. */
export async function listRequests(
  ctx: Context,
  search: { readonly territoryId: Id; readonly list: RequestList; readonly after?: string | undefined }
): Promise<RequestPage | null> {
  const { territoryId, list } = search;
  if (!mayFollowRequests(ctx.actor, territoryId)) return null;
  return reading(ctx, async (tx) => {
    const { 'request-delays': delays } = await settingsInForce(tx, territoryId);
    const place = await placeOfTerritory(tx, territoryId);
    const matching = sql`r.territory_id = ${territoryId} and ${condition(ctx, list, delays.firstBasket)}`;
    const counted = await sql<{
      total: number;
    }>`select count(*)::int as total from request r where ${matching}`.execute(tx);
    const rows = await rowsOf(tx, matching, search.after);
    const baskets = [delays.firstBasket, delays.secondBasket, delays.thirdBasket];
    const requests = rows.slice(0, REQUESTS_PAGE_ROWS).map(({ movedAt, ...row }) => {
      const isLive = (LIVE_REQUEST_STATES as readonly string[]).includes(row.state);
      const idleDays = isLive ? daysIdle(movedAt, ctx.now, place) : null;
      return { ...row, idleDays, basket: idleDays === null ? null : basketOf(idleDays, baskets) };
    });
    const next = rows.length > REQUESTS_PAGE_ROWS ? requests.at(-1)!.id : null;
    return { requests, total: counted.rows[0]!.total, next, baskets };
  });
}

function condition(ctx: Context, list: RequestList, idleDays: number): RawBuilder<unknown> {
  const live = sql`r.state in ('moderation', 'open', 'offered', 'accepted')`;
  switch (list) {
    case 'live':
      return live;
    case 'mine':
      return sql`${live} and r.responsible_id = ${ctx.actor.accountId}`;
    case 'unanswered':
      return sql`r.state in ('moderation', 'open', 'offered') and r.answered_at is null`;
    case 'idle':
      return sql`${live} and r.moved_at <= ${plusDays(ctx.now, -idleDays)}`;
    case 'to-ask':
      // No link has left: the three questions wait for a voice.
      return sql`r.state in ('done', 'closed')
        and exists (select from request_survey s where s.request_id = r.id and s.answered_at is null
          and s.asked_at > ${plusDays(ctx.now, -ASKED_WITHIN_DAYS)})
        and not exists (select from request_link l where l.request_id = r.id and l.purpose = 'survey')`;
    default:
      return sql`r.state = ${list}`;
  }
}

type Row = Omit<ListedRequest, 'idleDays' | 'basket'> & { readonly movedAt: Instant };

async function rowsOf(tx: Tx, matching: RawBuilder<unknown>, after: string | undefined): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select r.id, r.door, r.sentence, p.display_name as person, r.state, r.submitted_at as "submittedAt",
      r.answer_due_at as "answerDueAt", r.answered_at as "answeredAt", a.name as responsible,
      n.name as neighbourhood, r.moved_at as "movedAt",
      (select count(*)::int from request_offer f where f.request_id = r.id and f.state = 'pending') as "pendingOffers",
      (select min(c.promised_on)::text from promised_contact c where c.request_id = r.id and c.done_at is null)
        as "promisedOn"
    from request r
      join person p on p.id = r.person_id
      left join account a on a.id = r.responsible_id
      left join neighbourhood n on n.id = r.neighbourhood_id
    where ${matching} ${isId(after) ? sql`and r.id > ${after}` : sql``}
    order by r.id limit ${REQUESTS_PAGE_ROWS + 1}`.execute(tx);
  return rows;
}
