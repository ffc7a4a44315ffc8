import { fail, redirect } from '@sveltejs/kit';
import { emailSchema, givenPasswordSchema } from '@terreau/features/accounts/accounts.schema';
import { signIn } from '@terreau/features/accounts/sign-in.command';
import * as v from 'valibot';
import { authentication, setCookies, visitOf } from '#lib/server/auth.ts';
import { ownPath } from '#lib/server/own-path.ts';
import { platform } from '#lib/server/platform.ts';
import { readForm, shownAgain } from '#lib/server/read-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const next = ownPath(url.searchParams.get('next'), '/account');
  if (locals.account) redirect(303, next);
  const { settings } = await platform();
  return { next, isDemonstration: settings.isDemonstration };
};

const passwordForm = v.object({ email: emailSchema, password: givenPasswordSchema });

export const actions: Actions = {
  password: async (event) => {
    const form = await event.request.formData();
    const next = ownPath(form.get('next'), '/account');
    const read = readForm(passwordForm, form);
    if (!read.ok) return fail(422, { errors: read.errors, details: {}, values: read.values });
    const verdict = await signIn(event.locals.context, await authentication(), visitOf(event), read.value);
    if (!verdict.ok) {
      return fail(401, { errors: { '': verdict.code }, details: verdict.details, values: shownAgain(read.value) });
    }
    setCookies(event, verdict.value.cookies);
    redirect(303, verdict.value.next === 'signed-in' ? next : `/sign-in/second-step?next=${encodeURIComponent(next)}`);
  }
};
