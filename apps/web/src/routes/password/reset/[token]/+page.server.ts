import { redirect } from '@sveltejs/kit';
import { givenPasswordSchema } from '@terreau/features/accounts/accounts.schema';
import { resetPassword } from '@terreau/features/accounts/reset-password.command';
import * as v from 'valibot';
import { authentication, visitOf } from '#lib/server/auth.ts';
import { readForm } from '#lib/server/read-form.ts';
import { sendBack, sendBackFields } from '#lib/server/refused-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
};

const passwordForm = v.object({ password: givenPasswordSchema });

export const actions: Actions = {
  default: async (event) => {
    const read = readForm(passwordForm, await event.request.formData());
    if (!read.ok) return sendBackFields(read);
    const request = { token: event.params.token, password: read.value.password };
    const verdict = await resetPassword(event.locals.context, await authentication(), visitOf(event), request);
    if (!verdict.ok) return sendBack(verdict, {}, verdict.code.startsWith('password-') ? 'password' : '');
    redirect(303, '/sign-in?password');
  }
};
