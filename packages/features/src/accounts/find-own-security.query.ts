import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';

export interface OwnSession {
  readonly id: Id;
  readonly userAgent: string;
  readonly startedAt: Instant;
  readonly prolongedAt: Instant;
}

export interface OwnPasskey {
  readonly id: Id;
  readonly name: string | null;
  readonly addedAt: Instant | null;
}

/** How one's own account is opened, and where it is open. */
export interface OwnSecurity {
  readonly hasPassword: boolean;
  readonly hasSecondFactor: boolean;
  readonly passkeys: readonly OwnPasskey[];
  /** The latest first, fifty at most. */
  readonly sessions: readonly OwnSession[];
}

const SESSIONS_MAX_COUNT = 50;
const PASSKEYS_MAX_COUNT = 50;

/** Null when nobody is signed in. */
export async function findOwnSecurity(ctx: Context): Promise<OwnSecurity | null> {
  const { accountId } = ctx.actor;
  if (!accountId) return null;
  return reading(ctx, async (tx) => {
    const account = await tx
      .selectFrom('account')
      .select('two_factor_enabled')
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow();
    const password = await tx
      .selectFrom('credential')
      .select('id')
      .where('account_id', '=', accountId)
      .where('provider_id', '=', 'credential')
      .where('password', 'is not', null)
      .executeTakeFirst();
    const passkeys = await tx
      .selectFrom('passkey')
      .select(['id', 'name', 'created_at as addedAt'])
      .where('account_id', '=', accountId)
      .orderBy('id')
      .limit(PASSKEYS_MAX_COUNT)
      .execute();
    const sessions = await tx
      .selectFrom('session')
      .select(['id', 'user_agent', 'created_at as startedAt', 'updated_at as prolongedAt'])
      .where('account_id', '=', accountId)
      .where('expires_at', '>', ctx.now)
      .orderBy('id', 'desc')
      .limit(SESSIONS_MAX_COUNT)
      .execute();
    return {
      hasPassword: password !== undefined,
      hasSecondFactor: account.two_factor_enabled,
      passkeys,
      sessions: sessions.map(({ user_agent, ...session }) => ({ ...session, userAgent: user_agent ?? '' }))
    };
  });
}
