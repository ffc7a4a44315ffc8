import type { Context } from '@terreau/database/context';
import { transaction, type Ledger, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate, plusDays, type Instant } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { hashOfToken, newConfirmToken } from './confirm-token.ts';
import { postExpiredMail, reminderMail } from './directory-mails.ts';
import { applyFields } from './field-history.ts';
import { CONFIRM_LINK_DAYS, REMINDER_LEAD_DAYS, roundOwed, STALE_GRACE_DAYS, type Round } from './freshness.rules.ts';

/** Rows handled in one transaction, so that no round holds locks for long. */
const ROUND_BATCH_ROWS = 200;

export interface FreshnessRound {
  /** Words that left, by what they say. */
  readonly reminded: Readonly<Record<Round, number>>;
  /** Sheets that owe a word and have no mail address: the team telephones. */
  readonly withoutAddress: number;
  readonly postsExpired: number;
}

/**
 * The daily round, by the platform itself: reminds authors before and when their promise passes, with a one-tap link;
 * marks the sheets that leave orientation, only after their author was told and had the time to answer; closes the
 * needs and offers whose date has passed and asks what came of them. Running it twice in a day sends nothing twice.
 * `origin` is the public address of the platform, without a final slash.
 */
export async function refreshFreshness(
  ctx: Context,
  request: { readonly origin: string }
): Promise<Verdict<FreshnessRound, 'not-allowed'>> {
  if (!ctx.actor.isOperator) return refuse('not-allowed');
  const reminded = { soon: 0, stale: 0, dormant: 0 };
  let withoutAddress = 0;
  for (let after: Id | null = null, more = true; more;) {
    const batch = await transaction(ctx, 'remind-sheets', async (tx, ledger) =>
      accept(await remindBatch(tx, ctx, ledger, request.origin, after))
    );
    if (!batch.ok) break;
    for (const { round, hasAddress } of batch.value.done) {
      reminded[round] += hasAddress ? 1 : 0;
      withoutAddress += hasAddress ? 0 : 1;
    }
    after = batch.value.last;
    more = after !== null;
  }
  const postsExpired = await expirePosts(ctx, request.origin);
  return accept({ reminded, withoutAddress, postsExpired });
}

interface Batch {
  readonly done: { round: Round; hasAddress: boolean }[];
  readonly last: Id | null;
}

async function remindBatch(tx: Tx, ctx: Context, ledger: Ledger, origin: string, after: Id | null): Promise<Batch> {
  const rows = await tx
    .selectFrom('organization')
    .innerJoin('territory', 'territory.id', 'organization.territory_id')
    .leftJoin('account', 'account.id', 'organization.created_by')
    .select(['organization.id', 'organization.territory_id', 'organization.name', 'organization.email', 'stale_at'])
    .select(['reminded_at', 'dormant_at', 'account.email as authorEmail', 'account.language', 'territory.languages'])
    .select('territory.time_zone')
    .where('organization.status', '=', 'published')
    .where('territory.closed_at', 'is', null)
    .where('dormant_at', 'is', null)
    .where('stale_at', '<=', plusDays(ctx.now, REMINDER_LEAD_DAYS))
    .$if(after !== null, (query) => query.where('organization.id', '>', after!))
    .orderBy('organization.id')
    .limit(ROUND_BATCH_ROWS)
    .execute();
  const done: Batch['done'] = [];
  for (const row of rows) {
    const owed = { staleAt: row.stale_at, remindedAt: row.reminded_at, dormantAt: row.dormant_at };
    const round = roundOwed(owed, ctx.now);
    if (!round) continue;
    const recipient = row.email ?? row.authorEmail;
    const token = await markReminded(tx, ctx, row.id, round, recipient !== null);
    if (recipient && token) {
      const language = row.language ?? row.languages[0] ?? 'fr';
      const staleOn = longDate(row.stale_at!, row.time_zone, language);
      const words = { name: row.name, round, link: `${origin}/confirm/${token}`, staleOn, graceDays: STALE_GRACE_DAYS };
      ledger.send({
        channel: 'mail',
        recipient,
        territoryId: row.territory_id,
        template: `directory-confirm-${round}`,
        foot: { kind: 'freshness', language, origin },
        onceKey: `confirm:${row.id}:${round}:${localDate(row.stale_at!, 'UTC')}`,
        ...reminderMail(language, words)
      });
    }
    ledger.about('organization', row.id, row.territory_id, { round, told: recipient !== null });
    done.push({ round, hasAddress: recipient !== null });
  }
  return { done, last: rows.length === ROUND_BATCH_ROWS ? rows.at(-1)!.id : null };
}

/** Notes that the word has left; a new link replaces the one before. */
async function markReminded(tx: Tx, ctx: Context, id: Id, round: Round, hasAddress: boolean): Promise<string | null> {
  const token = hasAddress ? newConfirmToken() : null;
  await tx
    .updateTable('organization')
    .set({
      reminded_at: ctx.now,
      ...(round === 'dormant' ? { dormant_at: ctx.now } : {}),
      ...(token
        ? { confirm_token_hash: hashOfToken(token), confirm_token_expires_at: plusDays(ctx.now, CONFIRM_LINK_DAYS) }
        : {})
    })
    .where('id', '=', id)
    .execute();
  return token;
}

function longDate(instant: Instant, timeZone: string, language: string): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'fr-FR', { dateStyle: 'long', timeZone }).format(
    instant
  );
}

/** Closes the posts whose last day has passed where they live, batch after batch. */
async function expirePosts(ctx: Context, origin: string): Promise<number> {
  let expired = 0;
  for (let more = true; more;) {
    const batch = await transaction(ctx, 'expire-posts', async (tx, ledger) =>
      accept(await expireBatch(tx, ctx, ledger, origin))
    );
    const count = batch.ok ? batch.value : 0;
    expired += count;
    more = count === ROUND_BATCH_ROWS;
  }
  return expired;
}

async function expireBatch(tx: Tx, ctx: Context, ledger: Ledger, origin: string): Promise<number> {
  const rows = await tx
    .selectFrom('post')
    .innerJoin('territory', 'territory.id', 'post.territory_id')
    .leftJoin('account', 'account.id', 'post.posted_by')
    .select(['post.id', 'post.territory_id', 'post.organization_id', 'post.kind', 'title', 'state', 'expires_on'])
    .select(['territory.slug', 'account.id as accountId', 'account.email', 'account.language'])
    .where('state', 'in', ['open', 'in-contact'])
    .where((where) =>
      where(
        'expires_on',
        '<',
        where.cast<string>(where.fn('timezone', ['territory.time_zone', where.val(ctx.now)]), 'date')
      )
    )
    .orderBy('post.id')
    .limit(ROUND_BATCH_ROWS)
    .execute();
  for (const row of rows) {
    const subject = {
      kind: 'post',
      id: row.id,
      organizationId: row.organization_id,
      territoryId: row.territory_id
    } as const;
    // Time decides, whoever moved the post last: a state is never protected from it.
    const author = { accountId: null, byHand: true, source: 'expiry', importRunId: null, now: ctx.now };
    await applyFields(tx, subject, { state: row.state }, { state: 'expired' }, author);
    await tx.updateTable('post').set({ state_changed_at: ctx.now }).where('id', '=', row.id).execute();
    if (row.email) {
      const link = `${origin}/${row.slug}/${row.kind}s/${row.id}`;
      ledger.send({
        channel: 'mail',
        recipient: row.email,
        accountId: row.accountId,
        territoryId: row.territory_id,
        template: 'directory-post-expired',
        foot: { kind: 'posts', language: row.language ?? 'fr', origin },
        onceKey: `post-expired:${row.id}:${row.expires_on}`,
        ...postExpiredMail(row.language ?? 'fr', { title: row.title, link })
      });
    }
    ledger.about('post', row.id, row.territory_id, { from: row.state, to: 'expired' });
  }
  return rows.length;
}
