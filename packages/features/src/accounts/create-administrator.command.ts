import { hashPassword } from 'better-auth/crypto';
import type { Context, Grant } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { endSessions, insertAccount, insertGrant } from './account-rows.ts';
import { checkPassword, type PasswordRefusal } from './password.rules.ts';

const ADMINISTRATOR: Grant = { role: 'platform-administrator', territoryId: null, organizationId: null };

export interface AdministratorRequest {
  readonly name: string;
  readonly email: string;
  /** For a new account. Absent: the administrator signs in by a link received by mail. */
  readonly password?: string;
}

/**
 * Makes somebody an administrator of the platform, from the command line: opens their account where none exists
 * (`opened`), and leaves the password of an existing one alone.
 */
export async function createAdministrator(
  ctx: Context,
  { name, email, password }: AdministratorRequest
): Promise<Verdict<{ accountId: Id; opened: boolean }, 'not-found' | 'already-held' | PasswordRefusal>> {
  if (!ctx.actor.isOperator) return refuse('not-found');
  const address = email.trim().toLowerCase();
  const chosen = password === undefined ? null : checkPassword(password, { name, email: address });
  if (chosen && !chosen.ok) return chosen;
  const passwordHash = chosen ? await hashPassword(chosen.value) : null;
  return transaction(ctx, 'create-administrator', async (tx, ledger) => {
    const known = await tx.selectFrom('account').select('id').where('email', '=', address).executeTakeFirst();
    const row = { name, email: address, language: ctx.language, trust: 'trusted', passwordHash } as const;
    const accountId = known?.id ?? (await insertAccount(tx, row, ctx.now));
    const grantId = await insertGrant(tx, accountId, ADMINISTRATOR, null, ctx.now);
    if (!grantId) return refuse('already-held');
    await endSessions(tx, accountId);
    ledger.about('role-grant', grantId, null, { role: ADMINISTRATOR.role, accountId });
    return accept({ accountId, opened: !known });
  });
}
