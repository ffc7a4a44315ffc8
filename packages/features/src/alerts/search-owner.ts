import type { Context } from '@terreau/database/context';
import { readMessageKey, signed, verified } from '@terreau/database/signed-address';
import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';

/** Whose searches are meant: an account's, or those of an address that was proved by a signed link. */
export type SearchOwner =
  | { readonly column: 'account_id'; readonly value: Id }
  | { readonly column: 'email' | 'phone'; readonly value: string };

const PURPOSE = 'alerts';

/** The signed part of the address that opens the searches kept beside this one. The caller has the platform's rights. */
export async function addressOfSearch(tx: Tx, searchId: Id): Promise<string> {
  return signed(await readMessageKey(tx), PURPOSE, searchId);
}

/** The search that a signed address names; null when the platform did not write it. */
export async function searchBehind(tx: Tx, token: string): Promise<Id | null> {
  const id = verified(await readMessageKey(tx), PURPOSE, token);
  return isId(id) ? id : null;
}

/**
 * Who asks: whoever holds the signed address of a search that is not an account's, else the account. Null for nobody,
 * and for an address whose search is gone. The caller has the platform's rights.
 */
export async function ownerOf(tx: Tx, ctx: Context, token: string | null): Promise<SearchOwner | null> {
  if (token === null) return ctx.actor.accountId ? { column: 'account_id', value: ctx.actor.accountId } : null;
  const id = await searchBehind(tx, token);
  if (!id) return null;
  const row = await tx.selectFrom('saved_search').select(['email', 'phone']).where('id', '=', id).executeTakeFirst();
  if (row?.email) return { column: 'email', value: row.email };
  return row?.phone ? { column: 'phone', value: row.phone } : null;
}
