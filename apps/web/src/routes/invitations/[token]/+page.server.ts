import { error, redirect } from '@sveltejs/kit';
import { acceptInvitation } from '@terreau/features/accounts/accept-invitation.command';
import { nameSchema } from '@terreau/features/accounts/accounts.schema';
import { findInvitation } from '@terreau/features/accounts/find-invitation.query';
import { openInvitedAccount } from '@terreau/features/accounts/open-invited-account.command';
import * as v from 'valibot';
import { authentication, setCookies, visitOf } from '#lib/server/auth.ts';
import { readForm } from '#lib/server/read-form.ts';
import { sendBack, sendBackFields } from '#lib/server/refused-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  const invitation = await findInvitation(locals.context, params.token);
  if (!invitation) error(404);
  setHeaders({ 'cache-control': 'no-store' });
  const isForMe = locals.account?.email === invitation.email;
  return { invitation, isForMe, isSignedIn: locals.account !== null };
};

const openForm = v.object({ name: nameSchema });

export const actions: Actions = {
  accept: async (event) => {
    const request = { token: event.params.token };
    const verdict = await acceptInvitation(event.locals.context, await authentication(), visitOf(event), request);
    if (!verdict.ok && verdict.code === 'not-found') error(404);
    if (!verdict.ok) return sendBack(verdict);
    setCookies(event, verdict.value.cookies);
    redirect(303, '/account?welcome');
  },
  /** Opens the account of somebody who has none; the page then asks whether to accept. */
  open: async (event) => {
    const read = readForm(openForm, await event.request.formData());
    if (!read.ok) return sendBackFields(read);
    const request = { token: event.params.token, name: read.value.name };
    const verdict = await openInvitedAccount(event.locals.context, await authentication(), visitOf(event), request);
    if (!verdict.ok && verdict.code === 'not-found') error(404);
    if (!verdict.ok) return sendBack(verdict, read.value);
    setCookies(event, verdict.value.cookies);
    redirect(303, `/invitations/${event.params.token}`);
  }
};
