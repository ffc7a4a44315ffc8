import { redirect } from '@sveltejs/kit';
import { emailSchema, nameSchema } from '@terreau/features/accounts/accounts.schema';
import { requestSignInLink } from '@terreau/features/accounts/request-sign-in-link.command';
import * as v from 'valibot';
import { authentication, visitOf } from '#lib/server/auth.ts';
import { FIRST_PAGE, ownPath } from '#lib/server/own-path.ts';
import { readForm } from '#lib/server/read-form.ts';
import { sendBack, sendBackFields } from '#lib/server/refused-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  const next = ownPath(url.searchParams.get('next'), FIRST_PAGE);
  if (locals.account) redirect(303, next);
  return { next };
};

const signUpForm = v.object({ name: nameSchema, email: emailSchema });

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const read = readForm(signUpForm, form);
    if (!read.ok) return sendBackFields(read);
    const { name, email } = read.value;
    const request = { email, newAccountName: name, next: ownPath(form.get('next'), FIRST_PAGE) };
    const verdict = await requestSignInLink(event.locals.context, await authentication(), visitOf(event), request);
    if (!verdict.ok) return sendBack(verdict, read.value);
    redirect(303, '/sign-in/link-sent');
  }
};
