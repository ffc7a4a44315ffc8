import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { instantAt, localDate, plusDays, plusLocalDays, type Instant } from '@terreau/kernel/instants';
import { sql, type RawBuilder } from 'kysely';
import { settingsInForce } from '../territories/read-settings.query.ts';
import { daysIdle, workingDaysWaited } from './request-delays.rules.ts';
import { mayFollowRequests } from './requests.policy.ts';
import { placeOfTerritory } from './territory-place.ts';

/** What a coordinator looks at first: who has had no answer, for whom nothing was found, what nobody moves any more. */
export interface RequestDesk {
  /** No human has answered on the last working day of the delay, or later. */
  readonly unanswered: DeskList;
  /** Whoever was asked said no or nothing, and nobody else is being asked. */
  readonly unmet: DeskList;
  /** Answered, not over, and nothing has happened for `staleAfterDays`; nor is a promise ahead, or as recently due. */
  readonly stale: DeskList;
  readonly staleAfterDays: number;
  /** Whom a request can be entrusted to. */
  readonly team: readonly { readonly id: Id; readonly name: string }[];
}

export interface DeskList {
  readonly lines: readonly DeskLine[];
  readonly total: number;
}

export interface DeskLine {
  readonly id: Id;
  readonly version: number;
  readonly sentence: string;
  readonly responsibleId: Id | null;
  readonly responsible: string | null;
  /** Working days since it was sent. */
  readonly waited: number;
  /** Days since its last move. */
  readonly idle: number;
}

export const DESK_LINES_MAX_COUNT = 10;
const TEAM_MAX_COUNT = 100;

/** The requests of a territory that need somebody; null for whoever does not follow them. */
export async function requestDesk(ctx: Context, territoryId: Id): Promise<RequestDesk | null> {
  if (!mayFollowRequests(ctx.actor, territoryId)) return null;
  return reading(ctx, async (tx) => {
    const place = await placeOfTerritory(tx, territoryId);
    const { 'request-delays': delays } = await settingsInForce(tx, territoryId);
    const today = localDate(ctx.now, place.timeZone);
    const tonight = instantAt(plusLocalDays(today, 1), '00:00', place.timeZone);
    const list = async (condition: RawBuilder<boolean>): Promise<DeskList> => {
      const { rows } = await linesWhere(tx, territoryId, condition);
      const lines = rows.map(({ submittedAt, movedAt, ...line }) => ({
        ...line,
        waited: workingDaysWaited(submittedAt, ctx.now, place),
        idle: daysIdle(movedAt, ctx.now, place)
      }));
      return { lines, total: rows[0]?.total ?? 0 };
    };
    return {
      unanswered: await list(UNANSWERED(tonight)),
      unmet: await list(UNMET),
      stale: await list(STALE(plusDays(ctx.now, -delays.firstBasket))),
      staleAfterDays: delays.firstBasket,
      team: await teamOf(tx, territoryId)
    };
  });
}

const UNANSWERED = (tonight: Instant) => sql<boolean>`
  r.state in ('moderation', 'open', 'offered') and r.answered_at is null and r.answer_due_at < ${tonight}`;

const UNMET = sql<boolean>`
  r.state = 'open' and r.answered_at is not null
  and exists (select from request_offer f where f.request_id = r.id and f.state in ('refused', 'expired'))`;

const STALE = (since: Instant) => sql<boolean>`
  r.state in ('open', 'offered', 'accepted') and r.answered_at is not null and r.moved_at < ${since} and not (${UNMET})
  and not exists (select from promised_contact c where c.request_id = r.id and c.done_at is null
    and c.promised_on > ${since}::timestamptz::date)`;

interface LineRow extends Omit<DeskLine, 'waited' | 'idle'> {
  readonly submittedAt: Instant;
  readonly movedAt: Instant;
  readonly total: number;
}

function linesWhere(tx: Tx, territoryId: Id, condition: RawBuilder<boolean>) {
  return sql<LineRow>`
    select r.id, r.version, r.sentence, r.responsible_id as "responsibleId", a.name as responsible,
      r.submitted_at as "submittedAt", r.moved_at as "movedAt", count(*) over ()::int as total
    from request r left join account a on a.id = r.responsible_id
    where r.territory_id = ${territoryId} and ${condition}
    order by r.submitted_at, r.id limit ${DESK_LINES_MAX_COUNT}`.execute(tx);
}

async function teamOf(tx: Tx, territoryId: Id): Promise<RequestDesk['team']> {
  return tx
    .selectFrom('role_grant')
    .innerJoin('account', 'account.id', 'role_grant.account_id')
    .select(['account.id', 'account.name'])
    .distinct()
    .where('role_grant.territory_id', '=', territoryId)
    .where('role_grant.role', 'in', ['facilitator', 'coordinator'])
    .where('role_grant.ended_at', 'is', null)
    .orderBy('account.name')
    .orderBy('account.id')
    .limit(TEAM_MAX_COUNT)
    .execute();
}
