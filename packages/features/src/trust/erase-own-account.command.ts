import { OPERATOR, type Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { eraseRows, holdsOf, type Erasure } from './erase-rows.ts';
import { subjectOfAccount } from './personal-subject.ts';

/** What went, and what stays with its reason in the reader's language. */
export interface ErasedAccount extends Erasure {
  readonly stays: readonly string[];
}

export type EraseOwnAccountRefusal = 'not-found' | 'address-differs' | 'last-administrator';

/**
 * Erases the account of whoever is signed in and everything about them. It cannot be undone, so they type their own
 * address. The journal keeps that an account was erased, not which.
 */
export async function eraseOwnAccount(
  ctx: Context,
  request: { readonly typedEmail: string }
): Promise<Verdict<ErasedAccount, EraseOwnAccountRefusal>> {
  const { accountId } = ctx.actor;
  if (accountId === null) return refuse('not-found');
  return transaction({ ...ctx, actor: OPERATOR }, 'erase-account', async (tx) => {
    const subject = await subjectOfAccount(tx, accountId);
    if (!subject) return refuse('not-found');
    if (!subject.proven.includes(request.typedEmail.trim().toLowerCase())) return refuse('address-differs');
    if (await isLastAdministrator(tx, accountId)) return refuse('last-administrator');
    const erasure = await eraseRows(tx, subject);
    return accept({ ...erasure, stays: holdsOf(erasure.holds, ctx.language) });
  });
}

/** A platform without anybody to administer it could not be mended by its own pages. */
export async function isLastAdministrator(tx: Tx, accountId: Id): Promise<boolean> {
  const rows = await tx
    .selectFrom('role_grant')
    .select('account_id')
    .where('role', '=', 'platform-administrator')
    .where('ended_at', 'is', null)
    .limit(2)
    .execute();
  return rows.length === 1 && rows[0]!.account_id === accountId;
}
