import { redirect } from '@sveltejs/kit';
import { emailSchema } from '@terreau/features/accounts/accounts.schema';
import { requestPasswordReset } from '@terreau/features/accounts/request-password-reset.command';
import * as v from 'valibot';
import { authentication, visitOf } from '#lib/server/auth.ts';
import { readForm } from '#lib/server/read-form.ts';
import { sendBack, sendBackFields } from '#lib/server/refused-form.ts';
import type { Actions } from './$types';

const resetForm = v.object({ email: emailSchema });

export const actions: Actions = {
  default: async (event) => {
    const read = readForm(resetForm, await event.request.formData());
    if (!read.ok) return sendBackFields(read);
    const house = await authentication();
    const verdict = await requestPasswordReset(event.locals.context, house, visitOf(event), read.value);
    if (!verdict.ok) return sendBack(verdict, read.value);
    redirect(303, '/sign-in/link-sent');
  }
};
