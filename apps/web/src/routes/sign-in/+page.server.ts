import { redirect } from '@sveltejs/kit';
import { emailSchema, givenPasswordSchema } from '@terreau/features/accounts/accounts.schema';
import { requestSignInLink } from '@terreau/features/accounts/request-sign-in-link.command';
import { signIn } from '@terreau/features/accounts/sign-in.command';
import * as v from 'valibot';
import { authentication, setCookies, visitOf } from '#lib/server/auth.ts';
import { FIRST_PAGE, ownPath } from '#lib/server/own-path.ts';
import { platform } from '#lib/server/platform.ts';
import { readForm } from '#lib/server/read-form.ts';
import { sendBack, sendBackFields } from '#lib/server/refused-form.ts';
import type { Actions, PageServerLoad } from './$types';

/** Its one script, for passkeys, stands alone: see static/islands. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, url }) => {
  const next = ownPath(url.searchParams.get('next'), FIRST_PAGE);
  if (locals.account) redirect(303, next);
  const [{ settings }, house] = await Promise.all([platform(), authentication()]);
  const providers = house.settings.providers.map(({ id, name }) => ({ id, name }));
  return { next, providers, isDemonstration: settings.isDemonstration };
};

const passwordForm = v.object({ email: emailSchema, password: givenPasswordSchema });
const linkForm = v.object({ email: emailSchema });

export const actions: Actions = {
  password: async (event) => {
    const form = await event.request.formData();
    const next = ownPath(form.get('next'), FIRST_PAGE);
    const read = readForm(passwordForm, form);
    if (!read.ok) return sendBackFields(read);
    const verdict = await signIn(event.locals.context, await authentication(), visitOf(event), read.value);
    if (!verdict.ok) return sendBack(verdict, read.value);
    setCookies(event, verdict.value.cookies);
    redirect(303, verdict.value.next === 'signed-in' ? next : `/sign-in/second-step?next=${encodeURIComponent(next)}`);
  },
  link: async (event) => {
    const form = await event.request.formData();
    const next = ownPath(form.get('next'), FIRST_PAGE);
    const read = readForm(linkForm, form);
    if (!read.ok) return sendBackFields(read);
    const request = { ...read.value, next };
    const verdict = await requestSignInLink(event.locals.context, await authentication(), visitOf(event), request);
    if (!verdict.ok) return sendBack(verdict, read.value);
    redirect(303, '/sign-in/link-sent');
  }
};
