import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Authentication, BetterAuth, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';
import { tellSecurityChange } from './tell-security-change.ts';

const PASSKEYS_MAX_COUNT = 20;

/** A browser's new passkey, as `PublicKeyCredential.toJSON()` gives it; its content is verified, not trusted. */
export type NewPasskeyAnswer = NonNullable<
  Parameters<BetterAuth['api']['verifyPasskeyRegistration']>[0]
>['body']['response'];

export type AddPasskeyRefusal = 'not-found' | 'session-too-old' | 'passkey-refused' | 'too-many-passkeys';

/** Keeps the passkey that the browser made for the challenge of `startPasskey`. */
export async function addPasskey(
  ctx: Context,
  { auth, settings }: Authentication,
  visit: Visit,
  request: { readonly response: NewPasskeyAnswer; readonly name: string }
): Promise<Verdict<undefined, AddPasskeyRefusal>> {
  const { accountId } = ctx.actor;
  if (!accountId) return refuse('not-found');
  const held = await reading(ctx, (tx) =>
    tx.selectFrom('passkey').select('id').where('account_id', '=', accountId).limit(PASSKEYS_MAX_COUNT).execute()
  );
  if (held.length >= PASSKEYS_MAX_COUNT) return refuse('too-many-passkeys', { max: PASSKEYS_MAX_COUNT });
  const outcome = await attempt(
    auth.api.verifyPasskeyRegistration({ body: { ...request }, headers: visit.headers, returnHeaders: true })
  );
  if (!outcome.ok) return refuse(outcome.code === 'SESSION_NOT_FRESH' ? 'session-too-old' : 'passkey-refused');
  await tellSecurityChange(ctx, settings, accountId, 'passkey-added');
  return accept();
}
