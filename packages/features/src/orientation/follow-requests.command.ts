import type { Context } from '@terreau/database/context';
import { reading, transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate, plusDays } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { settingsInForce } from '../territories/read-settings.query.ts';
import { askWhatCame } from './ask-what-came.ts';
import type { Round } from './desk.ts';
import { followOne, type Followed } from './follow-one.ts';
import { isPoliteTime } from './request-delays.rules.ts';
import { lockRequest } from './request-rows.ts';
import { placeOfTerritory } from './territory-place.ts';

/** Requests handled in one pass over a territory; the next hour goes on. */
const PASS_MAX_ROWS = 1000;
/** Links that stopped working so long ago that nobody asks for another. */
const LINKS_KEPT_DAYS = 30;

export type FollowReport = Readonly<Record<Followed | 'asked', number>>;

/**
 * The round of requests, by the platform itself, each hour at which nobody is woken: offers without answer end, requests
 * that sleep close with a next step, the coordinator is warned of those to which nobody answered in time, whoever owes
 * something is reminded, and the three questions are asked. Each request is in a transaction of its own; running the
 * round again sends nothing twice.
 */
export async function followRequests(
  ctx: Context,
  { origin }: { readonly origin: string }
): Promise<Verdict<FollowReport, 'not-allowed'>> {
  if (!ctx.actor.isOperator) return refuse('not-allowed');
  const report = { expired: 0, closed: 0, warned: 0, reminded: 0, asked: 0 };
  for (const round of await rounds(ctx, origin)) {
    if (!isPoliteTime(ctx.now, round.place)) continue;
    for (const id of await dueRequests(ctx, round)) {
      const done = await transaction(ctx, 'follow-request', async (tx, ledger) => {
        const request = await lockRequest(tx, round.territoryId, id);
        const followed = request ? await followOne(tx, ctx, ledger, request, round) : [];
        return followed.length > 0 ? accept(followed) : refuse('nothing-owed');
      });
      if (done.ok) for (const one of done.value) report[one] += 1;
    }
    for (const id of await overRequests(ctx, round)) {
      const asked = await transaction(ctx, 'ask-what-came', async (tx, ledger) => {
        const request = await lockRequest(tx, round.territoryId, id);
        return request && (await askWhatCame(tx, ctx, ledger, request, round)) ? accept() : refuse('nothing-owed');
      });
      report.asked += asked.ok ? 1 : 0;
    }
    await forgetLinks(ctx, round);
  }
  return accept(report);
}

async function rounds(ctx: Context, origin: string): Promise<Round[]> {
  return reading(ctx, async (tx) => {
    const open = await tx.selectFrom('territory').select('id').where('closed_at', 'is', null).orderBy('id').execute();
    const all: Round[] = [];
    for (const { id } of open) {
      const { 'request-delays': delays, contact } = await settingsInForce(tx, id);
      all.push({ territoryId: id, place: await placeOfTerritory(tx, id), delays, contact, origin });
    }
    return all;
  });
}

/**
 * Requests about which something may be owed by now. With a day of margin, since rules count the days of the place; the
 * rules decide, behind the lock.
 */
async function dueRequests(ctx: Context, { territoryId, delays, place }: Round): Promise<Id[]> {
  const today = localDate(ctx.now, place.timeZone);
  const every = delays.remindEvery;
  const { rows } = await reading(ctx, (tx) =>
    sql<{ id: Id }>`
      select r.id from request r
      where r.territory_id = ${territoryId} and (
        r.state in ('moderation', 'open', 'offered') and r.answered_at is null and r.warned_at is null
          and r.answer_due_at < ${ctx.now}
        or r.state in ('moderation', 'open', 'offered', 'accepted') and r.moved_at <= ${ctx.now}::timestamptz
          - make_interval(days => least((r.reminders + 1) * ${every}::int, ${delays.closeAfter}::int) - 1)
        or exists (select from request_offer f where f.request_id = r.id and (
          f.state = 'pending' and f.expires_at < ${ctx.now}
          or f.state in ('pending', 'accepted') and coalesce(f.answered_at, f.offered_at) <= ${ctx.now}::timestamptz
            - make_interval(days => (least(f.reminders, r.reminders) + 1) * ${every}::int - 1)))
        or exists (select from promised_contact c where c.request_id = r.id and c.done_at is null
          and c.promised_on <= ${today}::date - ((r.reminders + 1) * ${every}::int - 1)))
      order by r.moved_at, r.id limit ${PASS_MAX_ROWS}`.execute(tx)
  );
  return rows.map((row) => row.id);
}

/** Requests that ended long enough ago to ask what came of them; nobody is asked about spam. */
async function overRequests(ctx: Context, { territoryId, delays }: Round): Promise<Id[]> {
  const rows = await reading(ctx, (tx) =>
    tx
      .selectFrom('request')
      .leftJoin('request_survey', 'request_survey.request_id', 'request.id')
      .select('request.id')
      .where('request.territory_id', '=', territoryId)
      .where('state', 'in', ['done', 'closed'])
      .where('state_changed_at', '<=', plusDays(ctx.now, -delays.surveyAfter))
      .where('request_survey.request_id', 'is', null)
      .where((where) => where.or([where('close_reason', 'is', null), where('close_reason', '<>', 'spam')]))
      .orderBy('state_changed_at')
      .orderBy('request.id')
      .limit(PASS_MAX_ROWS)
      .execute()
  );
  return rows.map((row) => row.id);
}

async function forgetLinks(ctx: Context, { territoryId }: Round): Promise<void> {
  const forgotten = (tx: Tx) =>
    tx
      .deleteFrom('request_link')
      .where('territory_id', '=', territoryId)
      .where('expires_at', '<', plusDays(ctx.now, -LINKS_KEPT_DAYS))
      .executeTakeFirst();
  await transaction(ctx, 'forget-links', async (tx) => {
    const { numDeletedRows } = await forgotten(tx);
    return numDeletedRows > 0n ? accept() : refuse('nothing-owed');
  });
}
