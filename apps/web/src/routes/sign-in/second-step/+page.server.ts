import { redirect } from '@sveltejs/kit';
import { codeSchema } from '@terreau/features/accounts/accounts.schema';
import { proveSecondStep } from '@terreau/features/accounts/prove-second-step.command';
import * as v from 'valibot';
import { authentication, setCookies, visitOf } from '#lib/server/auth.ts';
import { FIRST_PAGE, ownPath } from '#lib/server/own-path.ts';
import { readForm } from '#lib/server/read-form.ts';
import { sendBack, sendBackFields } from '#lib/server/refused-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  const next = ownPath(url.searchParams.get('next'), FIRST_PAGE);
  if (locals.account) redirect(303, next);
  return { next };
};

const codeForm = v.object({ code: codeSchema });

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const next = ownPath(form.get('next'), FIRST_PAGE);
    const read = readForm(codeForm, form);
    if (!read.ok) return sendBackFields(read);
    const verdict = await proveSecondStep(event.locals.context, await authentication(), visitOf(event), read.value);
    if (!verdict.ok && verdict.code === 'second-step-expired') redirect(303, '/sign-in?refused');
    if (!verdict.ok) return sendBack(verdict, {}, verdict.code === 'code-wrong' ? 'code' : '');
    setCookies(event, verdict.value.cookies);
    redirect(303, next);
  }
};
