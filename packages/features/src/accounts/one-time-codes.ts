import { createAuthMiddleware, getSessionFromCtx } from 'better-auth/api';
import type { BetterAuthPlugin } from 'better-auth';
import { APIError } from '@better-auth/core/error';
import type { Engine } from '@terreau/database/engine';
import { countAttempts } from './count-attempts.ts';
import { SAME_CODE_BY_ACCOUNT } from './rate-limit.rules.ts';

/** The cookie of somebody whose password was right and whose code is awaited, as better-auth names it. */
const SECOND_STEP_COOKIE = 'two_factor';

/**
 * Lets each code of the telephone be tried once for an account (RFC 6238, 5.2): whoever reads it over a shoulder comes
 * too late. The try is counted before the code is compared, so that of two at the same moment one is refused.
 */
export function oneTimeCodes(engine: Engine) {
  return {
    id: 'one-time-codes',
    hooks: {
      before: [
        {
          matcher: ({ path }) => path === '/two-factor/verify-totp',
          handler: createAuthMiddleware(async (call) => {
            const accountId = (await getSessionFromCtx(call))?.user.id ?? (await accountAwaited(call));
            if (!accountId) return;
            const counted = {
              limit: SAME_CODE_BY_ACCOUNT,
              who: `${accountId} ${(call.body as { code: string }).code}`
            };
            const verdict = await countAttempts(engine, new Date(), [counted]);
            if (!verdict.ok)
              throw new APIError('UNAUTHORIZED', { code: 'INVALID_CODE', message: 'code already tried' });
          })
        }
      ]
    }
  } satisfies BetterAuthPlugin;
}

type Call = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

async function accountAwaited({ context, getSignedCookie }: Call): Promise<string | null> {
  const cookie = await getSignedCookie(context.createAuthCookie(SECOND_STEP_COOKIE).name, context.secret);
  if (!cookie) return null;
  return (await context.internalAdapter.findVerificationValue(cookie))?.value ?? null;
}
