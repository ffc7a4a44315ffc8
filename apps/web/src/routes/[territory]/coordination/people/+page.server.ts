import { error, redirect } from '@sveltejs/kit';
import { emailSchema, territoryRoleSchema } from '@terreau/features/accounts/accounts.schema';
import { endRole } from '@terreau/features/accounts/end-role.command';
import { invite } from '@terreau/features/accounts/invite.command';
import { listPeople } from '@terreau/features/accounts/list-people.query';
import { withdrawInvitation } from '@terreau/features/accounts/withdraw-invitation.command';
import { findPortfolios } from '@terreau/features/support/find-portfolios.query';
import { findTerritory } from '@terreau/features/territories/find-territory.query';
import { isId } from '@terreau/kernel/ids';
import type { RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { authentication } from '#lib/server/auth.ts';
import { readForm } from '#lib/server/read-form.ts';
import { sendBack, sendBackFields } from '#lib/server/refused-form.ts';
import { requireAccount } from '#lib/server/require-account.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  requireAccount(event);
  const territory = await territoryOf(event.locals, event.params.territory);
  const after = event.url.searchParams.get('after');
  const request = { territoryId: territory.id, after: isId(after) ? after : null };
  const people = await listPeople(event.locals.context, request);
  if (!people) error(404);
  const { secondFactorRequired } = (await authentication()).settings;
  const unaccompanied = (await findPortfolios(event.locals.context, territory.id))?.unaccompanied ?? 0;
  return { people, unaccompanied, secondFactorRequired, place: territory.name, timeZone: territory.timeZone };
};

const inviteForm = v.object({ email: emailSchema, role: territoryRoleSchema });

export const actions: Actions = {
  invite: async (event) => {
    requireAccount(event);
    const territory = await territoryOf(event.locals, event.params.territory);
    const read = readForm(inviteForm, await event.request.formData());
    if (!read.ok) return sendBackFields(read);
    const request = { ...read.value, territoryId: territory.id, organizationId: null };
    const verdict = await invite(event.locals.context, await authentication(), request);
    if (!verdict.ok && verdict.code === 'not-found') error(404);
    if (!verdict.ok) return sendBack(verdict, read.value);
    redirect(303, `${event.url.pathname}?done=invited`);
  },
  withdraw: async (event) => {
    requireAccount(event);
    const verdict = await withdrawInvitation(event.locals.context, { invitationId: await idIn(event, 'invitation') });
    if (!verdict.ok) error(404);
    redirect(303, `${event.url.pathname}?done=withdrawn`);
  },
  end: async (event) => {
    const { sessionId } = requireAccount(event);
    const request = { grantId: await idIn(event, 'grant'), keepSession: sessionId };
    const verdict = await endRole(event.locals.context, request);
    if (!verdict.ok && verdict.code === 'not-found') error(404);
    if (!verdict.ok) return sendBack(verdict);
    redirect(303, `${event.url.pathname}?done=ended`);
  }
};

async function territoryOf(locals: App.Locals, slug: string) {
  const territory = await findTerritory(locals.context, slug);
  if (!territory) error(404);
  return territory;
}

async function idIn({ request }: RequestEvent, field: string) {
  const id = (await request.formData()).get(field);
  if (!isId(id)) error(404);
  return id;
}
