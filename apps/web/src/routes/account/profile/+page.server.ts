import { redirect } from '@sveltejs/kit';
import { languageSchema, nameSchema } from '@terreau/features/accounts/accounts.schema';
import { updateProfile } from '@terreau/features/accounts/update-profile.command';
import * as v from 'valibot';
import { LANGUAGE_COOKIE, preferenceCookie } from '#lib/server/language.ts';
import { readForm } from '#lib/server/read-form.ts';
import { sendBack, sendBackFields } from '#lib/server/refused-form.ts';
import { requireAccount } from '#lib/server/require-account.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const { name, language } = requireAccount(event);
  return { name, preferred: language };
};

const profileForm = v.object({ name: nameSchema, language: languageSchema });

export const actions: Actions = {
  default: async (event) => {
    requireAccount(event);
    const read = readForm(profileForm, await event.request.formData());
    if (!read.ok) return sendBackFields(read);
    const verdict = await updateProfile(event.locals.context, read.value);
    if (!verdict.ok) return sendBack(verdict, read.value);
    const secure = event.url.protocol === 'https:';
    event.cookies.set(LANGUAGE_COOKIE, read.value.language, { ...preferenceCookie, secure });
    redirect(303, '/account/profile?saved');
  }
};
