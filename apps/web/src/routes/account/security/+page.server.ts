import { redirect } from '@sveltejs/kit';
import { givenPasswordSchema } from '@terreau/features/accounts/accounts.schema';
import { choosePassword } from '@terreau/features/accounts/choose-password.command';
import { endOtherSessions } from '@terreau/features/accounts/end-other-sessions.command';
import { endSession } from '@terreau/features/accounts/end-session.command';
import { findOwnSecurity } from '@terreau/features/accounts/find-own-security.query';
import { removePasskey } from '@terreau/features/accounts/remove-passkey.command';
import { isId } from '@terreau/kernel/ids';
import * as v from 'valibot';
import { authentication, setCookies, visitOf } from '#lib/server/auth.ts';
import { readForm } from '#lib/server/read-form.ts';
import { sendBack, sendBackFields } from '#lib/server/refused-form.ts';
import { requireAccount } from '#lib/server/require-account.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page but its islands. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const { sessionId } = requireAccount(event);
  return { sessionId, security: (await findOwnSecurity(event.locals.context))! };
};

const passwordForm = v.object({ current: v.pipe(v.string(), v.maxLength(128)), password: givenPasswordSchema });

export const actions: Actions = {
  password: async (event) => {
    requireAccount(event);
    const read = readForm(passwordForm, await event.request.formData());
    if (!read.ok) return sendBackFields(read);
    const verdict = await choosePassword(event.locals.context, await authentication(), visitOf(event), read.value);
    if (!verdict.ok) return sendBack(verdict, {}, fieldOf(verdict.code));
    setCookies(event, verdict.value.cookies);
    redirect(303, '/account/security?done=password');
  },
  removePasskey: async (event) => {
    requireAccount(event);
    const passkeyId = (await event.request.formData()).get('passkey');
    if (!isId(passkeyId)) redirect(303, '/account/security');
    const verdict = await removePasskey(event.locals.context, await authentication(), { passkeyId });
    if (!verdict.ok) return sendBack(verdict);
    redirect(303, '/account/security?done=passkey-removed');
  },
  endSession: async (event) => {
    requireAccount(event);
    const sessionId = (await event.request.formData()).get('session');
    if (!isId(sessionId)) redirect(303, '/account/security');
    const verdict = await endSession(event.locals.context, { sessionId });
    if (!verdict.ok) return sendBack(verdict);
    redirect(303, '/account/security?done=session');
  },
  endOtherSessions: async (event) => {
    const { sessionId } = requireAccount(event);
    const verdict = await endOtherSessions(event.locals.context, { keepSession: sessionId });
    if (!verdict.ok) return sendBack(verdict);
    redirect(303, '/account/security?done=sessions');
  }
};

function fieldOf(code: string): string {
  if (code === 'wrong-current-password') return 'current';
  return code.startsWith('password-') ? 'password' : '';
}
