import { hashPassword } from 'better-auth/crypto';
import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { insertAccount, isTaken } from './account-rows.ts';

export interface NewAccount {
  readonly name: string;
  readonly email: string;
  /** Absent: the account signs in by links received by mail until a password is chosen. */
  readonly password?: string;
  readonly language?: 'fr' | 'en';
  readonly trust?: 'new' | 'verified' | 'trusted';
}

/**
 * Opens an account whose address the operator answers for, such as those of the demonstration.
 * Everybody else opens theirs from a link received by mail.
 */
export async function openAccount(
  ctx: Context,
  request: NewAccount
): Promise<Verdict<Id, 'not-found' | 'email-taken'>> {
  if (!ctx.actor.isOperator) return refuse('not-found');
  const { name, email, language = 'fr', trust = 'new' } = request;
  // Hashing takes a tenth of a second: before the transaction, which holds a connection.
  const passwordHash = request.password === undefined ? null : await hashPassword(request.password);
  try {
    return await transaction(ctx, 'open-account', async (tx, ledger) => {
      const id = await insertAccount(tx, { name, email: email.toLowerCase(), language, trust, passwordHash }, ctx.now);
      ledger.about('account', id, null);
      return accept(id);
    });
  } catch (error) {
    if (isTaken(error)) return refuse('email-taken');
    throw error;
  }
}
