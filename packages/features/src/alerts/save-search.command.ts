import type { Context } from '@terreau/database/context';
import { transaction, type Ledger, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { countAttempts } from '../accounts/count-attempts.ts';
import { networkOf, type RateLimit } from '../accounts/rate-limit.rules.ts';
import { asPlatform } from '../trust/as-platform.ts';
import { confirmAlertMail, confirmAlertSms } from './alert-messages.ts';
import { SEARCHES_MAX_COUNT, type Frequency, type SearchCriteria, type SearchSubject } from './alerts.schema.ts';
import { addressOfSearch, type SearchOwner } from './search-owner.ts';

/** Messages that one network, and one address, can be made to receive by whoever types it. */
const SEARCHES_BY_NETWORK: RateLimit = { name: 'saved-search-network', hits: 20, minutes: 60 };
const SEARCHES_BY_CONTACT: RateLimit = { name: 'saved-search-contact', hits: 3, minutes: 24 * 60 };

export interface SaveSearchRequest {
  readonly territoryId: Id;
  readonly about: SearchSubject;
  readonly criteria: SearchCriteria;
  /** The search in words, as its owner will read it. */
  readonly label: string;
  readonly frequency: Frequency;
  /** Somebody without an account: where to send the news, once they have confirmed it. An account needs none. */
  readonly contact: { readonly email: string | null; readonly phone: string | null };
  /** The network address that it came from; only its digest is kept, for an hour. */
  readonly address: string;
  readonly origin: string;
}

export interface SavedSearch {
  readonly id: Id;
  /** A message was sent to the address, and the alert begins when its reader says yes. */
  readonly waitsFor: 'mail' | 'sms' | null;
}

export type SaveSearchRefusal = 'not-found' | 'contact-missing' | 'too-many-searches' | 'too-many-attempts';

/** Keeps a search and how often its news are wanted. What exists already is not news. */
export async function saveSearch(
  ctx: Context,
  request: SaveSearchRequest
): Promise<Verdict<SavedSearch, SaveSearchRefusal>> {
  const owner = ownerIn(ctx, request);
  if (!owner) return refuse('contact-missing');
  if (owner.column !== 'account_id') {
    const counted = await countAttempts(ctx.engine, ctx.now, [
      { limit: SEARCHES_BY_NETWORK, who: networkOf(request.address) },
      { limit: SEARCHES_BY_CONTACT, who: owner.value }
    ]);
    if (!counted.ok) return counted;
  }
  return transaction(ctx, 'save-search', (tx, ledger) =>
    asPlatform(tx, async () => {
      const territory = await tx
        .selectFrom('territory')
        .select('name')
        .where('id', '=', request.territoryId)
        .where('closed_at', 'is', null)
        .executeTakeFirst();
      if (!territory) return refuse('not-found');
      if (await hasTooMany(tx, owner)) return refuse('too-many-searches', { max: SEARCHES_MAX_COUNT });
      const id = await insertSearch(tx, ctx, request, owner);
      ledger.about('saved-search', id, request.territoryId, { about: request.about });
      if (owner.column === 'account_id') return accept<SavedSearch>({ id, waitsFor: null });
      await askToConfirm(tx, ctx, ledger, request, { id, owner, territory: territory.name });
      return accept<SavedSearch>({ id, waitsFor: owner.column === 'email' ? 'mail' : 'sms' });
    })
  );
}

function ownerIn(ctx: Context, { contact }: SaveSearchRequest): SearchOwner | null {
  const { accountId } = ctx.actor;
  if (accountId) return { column: 'account_id', value: accountId };
  if (contact.email) return { column: 'email', value: contact.email };
  return contact.phone ? { column: 'phone', value: contact.phone } : null;
}

/** Counted one after the other: of two that arrive together, the second sees the first. */
async function hasTooMany(tx: Tx, owner: SearchOwner): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`saved-search:${owner.value}`}, 0))`.execute(tx);
  const { count } = await tx
    .selectFrom('saved_search')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where(owner.column, '=', owner.value)
    .executeTakeFirstOrThrow();
  return Number(count) >= SEARCHES_MAX_COUNT;
}

async function insertSearch(tx: Tx, ctx: Context, request: SaveSearchRequest, owner: SearchOwner): Promise<Id> {
  const row = await tx
    .insertInto('saved_search')
    .values({
      territory_id: request.territoryId,
      [owner.column]: owner.value,
      confirmed_at: owner.column === 'account_id' ? ctx.now : null,
      about: request.about,
      criteria: JSON.stringify(request.criteria),
      label: request.label,
      frequency: request.frequency,
      language: ctx.language,
      looked_at: ctx.now,
      created_at: ctx.now
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

async function askToConfirm(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  request: SaveSearchRequest,
  { id, owner, territory }: { id: Id; owner: SearchOwner; territory: string }
): Promise<void> {
  const link = `${request.origin}/alerts/${await addressOfSearch(tx, id)}`;
  const words = { label: request.label, territory, link };
  const base = { recipient: owner.value, territoryId: request.territoryId, template: 'alert-confirm' };
  if (owner.column === 'phone') {
    ledger.send({ ...base, channel: 'sms', text: confirmAlertSms(ctx.language, words) });
  } else {
    const foot = { kind: 'essential', language: ctx.language } as const;
    ledger.send({ ...base, channel: 'mail', foot, ...confirmAlertMail(ctx.language, words) });
  }
}
