import { fail, redirect } from '@sveltejs/kit';
import { codeSchema } from '@terreau/features/accounts/accounts.schema';
import { confirmSecondFactor } from '@terreau/features/accounts/confirm-second-factor.command';
import { findOwnSecurity } from '@terreau/features/accounts/find-own-security.query';
import { removeSecondFactor } from '@terreau/features/accounts/remove-second-factor.command';
import { renewBackupCodes } from '@terreau/features/accounts/renew-backup-codes.command';
import { startSecondFactor } from '@terreau/features/accounts/start-second-factor.command';
import { renderSVG } from 'uqr';
import * as v from 'valibot';
import { authentication, setCookies, visitOf } from '#lib/server/auth.ts';
import { readForm } from '#lib/server/read-form.ts';
import { sendBack, sendBackFields } from '#lib/server/refused-form.ts';
import { requireAccount } from '#lib/server/require-account.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireAccount(event);
  const { hasPassword, hasSecondFactor } = (await findOwnSecurity(event.locals.context))!;
  return { hasPassword, hasSecondFactor };
};

const passwordSchema = v.pipe(v.string(), v.maxLength(128, 'password-too-long'));
const startForm = v.object({ password: passwordSchema });
const confirmForm = v.object({ code: codeSchema });
// Named apart from the other password of the page, so that errors lead to the right one.
const removeForm = v.object({ 'removal-password': passwordSchema, code: codeSchema });

export const actions: Actions = {
  start: async (event) => {
    requireAccount(event);
    const read = readForm(startForm, await event.request.formData());
    if (!read.ok) return sendBackFields(read);
    const verdict = await startSecondFactor(event.locals.context, await authentication(), visitOf(event), read.value);
    if (!verdict.ok) return sendBack(verdict, {}, fieldOf(verdict.code));
    return { setup: describe(verdict.value.uri) };
  },
  confirm: async (event) => {
    requireAccount(event);
    const form = await event.request.formData();
    // The page shows the same square again after a wrong code; it never leaves this browser.
    const setup = describe(String(form.get('uri') ?? ''));
    const read = readForm(confirmForm, form);
    if (!read.ok) return fail(422, { ...sendBackFields(read).data, setup });
    const verdict = await confirmSecondFactor(event.locals.context, await authentication(), visitOf(event), read.value);
    if (!verdict.ok) return fail(422, { ...sendBack(verdict, {}, fieldOf(verdict.code)).data, setup });
    setCookies(event, verdict.value.cookies);
    return { backupCodes: verdict.value.backupCodes };
  },
  renew: async (event) => {
    requireAccount(event);
    const read = readForm(startForm, await event.request.formData());
    if (!read.ok) return sendBackFields(read);
    const verdict = await renewBackupCodes(event.locals.context, await authentication(), visitOf(event), read.value);
    if (!verdict.ok) return sendBack(verdict, {}, fieldOf(verdict.code));
    return { backupCodes: verdict.value.backupCodes };
  },
  remove: async (event) => {
    requireAccount(event);
    const read = readForm(removeForm, await event.request.formData());
    if (!read.ok) return sendBackFields(read);
    const request = { password: read.value['removal-password'], code: read.value.code };
    const verdict = await removeSecondFactor(event.locals.context, await authentication(), visitOf(event), request);
    if (!verdict.ok) return sendBack(verdict, {}, fieldOf(verdict.code, 'removal-password'));
    setCookies(event, verdict.value.cookies);
    redirect(303, '/account/security?done=second-factor-removed');
  }
};

function fieldOf(code: string, passwordField = 'password'): string {
  if (code === 'wrong-current-password') return passwordField;
  return code === 'code-wrong' ? 'code' : '';
}

const URI_MAX_CHARACTERS = 500;

/** What the page shows of the address that an application reads; null when it is not one. */
function describe(uri: string): { uri: string; secret: string; svg: string } | null {
  if (!uri.startsWith('otpauth://totp/') || uri.length > URI_MAX_CHARACTERS || !URL.canParse(uri)) return null;
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  return { uri, secret: secret.replace(/.{4}(?=.)/g, '$& '), svg: renderSVG(uri) };
}
