import type { Context } from '@terreau/database/context';
import { reading, transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { isAlertDue } from './alert-days.rules.ts';
import { newsMail, newsSms, type SearchNews } from './alert-messages.ts';
import type { Frequency } from './alerts.schema.ts';
import { newsOf, type WatchedSearch } from './search-news.ts';
import { addressOfSearch } from './search-owner.ts';

/** People looked at in one reading; the round goes on with the next ones. */
const READERS_BATCH_COUNT = 200;
/** Nothing is due sooner than this after it was looked at. */
const SHORTEST_WAIT_HOURS = 12;

export interface AlertRound {
  /** Messages that left, each with the news of all the searches that its reader keeps in a territory. */
  readonly sent: number;
  readonly looked: number;
}

/**
 * The hourly round of saved searches, by the platform itself: in the morning of each territory it sends what is new since
 * the last time, once, to whoever asked for it, and nothing to whoever has no news. `origin` starts the links.
 */
export async function sendAlerts(
  ctx: Context,
  { origin }: { readonly origin: string }
): Promise<Verdict<AlertRound, 'not-allowed'>> {
  if (!ctx.actor.isOperator) return refuse('not-allowed');
  let [sent, looked] = [0, 0];
  for (let after = '', more = true; more;) {
    const readers = await readersAfter(ctx, after);
    for (const reader of readers) {
      const due = await dueOf(ctx, reader);
      looked += due.length;
      if (due.length > 0 && (await tell(ctx, reader, due, origin))) sent += 1;
    }
    after = readers.at(-1)?.key ?? '';
    more = readers.length === READERS_BATCH_COUNT;
  }
  return accept({ sent, looked });
}

/** Somebody who keeps searches in one territory. */
interface Reader {
  readonly key: string;
  readonly accountId: Id | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly territoryId: Id;
  readonly territory: string;
  readonly slug: string;
  readonly timeZone: string;
}

async function readersAfter(ctx: Context, after: string): Promise<Reader[]> {
  const before = new Date(ctx.now.getTime() - SHORTEST_WAIT_HOURS * 3_600_000);
  return reading(ctx, async (tx) => {
    const { rows } = await sql<Reader>`
      select distinct concat(s.territory_id, ':', s.account_id, s.email, s.phone) as key, s.account_id as "accountId",
        coalesce(a.email, s.email) as email, s.phone, t.id as "territoryId", t.name as territory, t.slug,
        t.time_zone as "timeZone"
      from saved_search s join territory t on t.id = s.territory_id left join account a on a.id = s.account_id
      where s.confirmed_at is not null and s.frequency <> 'never' and s.looked_at < ${before} and t.closed_at is null
        and a.suspended_at is null and concat(s.territory_id, ':', s.account_id, s.email, s.phone) > ${after}
      order by key limit ${READERS_BATCH_COUNT}`.execute(tx);
    return rows;
  });
}

interface DueSearch extends WatchedSearch {
  readonly id: Id;
  readonly language: string;
}

async function dueOf(ctx: Context, reader: Reader): Promise<DueSearch[]> {
  const rows = await reading(ctx, (tx) => searchesOf(tx, reader));
  return rows
    .filter((row) => isAlertDue(row.frequency as Frequency, row.looked_at, ctx.now, reader.timeZone))
    .map((row) => ({
      id: row.id,
      language: row.language,
      territoryId: reader.territoryId,
      slug: reader.slug,
      timeZone: reader.timeZone,
      about: row.about as WatchedSearch['about'],
      criteria: row.criteria as WatchedSearch['criteria'],
      label: row.label,
      lookedAt: row.looked_at
    }));
}

function searchesOf(tx: Tx, { territoryId, accountId, email, phone }: Reader) {
  return tx
    .selectFrom('saved_search')
    .selectAll()
    .where('territory_id', '=', territoryId)
    .where('confirmed_at', 'is not', null)
    .where('frequency', '<>', 'never')
    .$if(accountId !== null, (query) => query.where('account_id', '=', accountId))
    .$if(accountId === null && phone === null, (query) => query.where('email', '=', email))
    .$if(accountId === null && phone !== null, (query) => query.where('phone', '=', phone))
    .orderBy('id')
    .execute();
}

/** Looks, tells what is new and notes that it was looked at, in one commit: a round that dies repeats itself whole. */
async function tell(ctx: Context, reader: Reader, due: readonly DueSearch[], origin: string): Promise<boolean> {
  const news: SearchNews[] = [];
  for (const search of due) {
    const found = await newsOf(ctx, search, origin);
    if (found) news.push(found);
  }
  const lastLook = new Date(Math.max(...due.map(({ lookedAt }) => lookedAt.getTime())));
  const verdict = await transaction(ctx, 'send-alerts', async (tx, ledger) => {
    // Two rounds at once: the second finds that the first has looked.
    const { numUpdatedRows } = await tx
      .updateTable('saved_search')
      .set({ looked_at: ctx.now })
      .where(
        'id',
        'in',
        due.map(({ id }) => id)
      )
      .where('looked_at', '<=', lastLook)
      .executeTakeFirstOrThrow();
    if (Number(numUpdatedRows) < due.length) return refuse('looked-meanwhile');
    if (news.length === 0) return accept(false);
    const { id, language } = due[0]!;
    const manage = reader.accountId ? `${origin}/account/alerts` : `${origin}/alerts/${await addressOfSearch(tx, id)}`;
    const words = { territory: reader.territory, news, manage };
    const isMail = reader.email !== null;
    ledger.send({
      channel: isMail ? 'mail' : 'sms',
      recipient: reader.email ?? reader.phone!,
      accountId: reader.accountId,
      territoryId: reader.territoryId,
      template: 'alert-news',
      foot: { kind: 'alerts', language, origin },
      onceKey: `alert:${id}:${localDate(ctx.now, reader.timeZone)}`,
      ...(isMail ? newsMail(language, words) : { text: newsSms(language, words) })
    });
    ledger.about('saved-search', id, reader.territoryId, { searches: due.length, news: news.length });
    return accept(true);
  });
  return verdict.ok && verdict.value;
}
