import { error, redirect } from '@sveltejs/kit';
import { emailSchema, organizationRoleSchema } from '@terreau/features/accounts/accounts.schema';
import { endRole } from '@terreau/features/accounts/end-role.command';
import { invite } from '@terreau/features/accounts/invite.command';
import { listMembers } from '@terreau/features/accounts/list-members.query';
import { withdrawInvitation } from '@terreau/features/accounts/withdraw-invitation.command';
import { isId } from '@terreau/kernel/ids';
import type { RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { authentication } from '#lib/server/auth.ts';
import { territoryAt } from '#lib/server/directory/territory-at.ts';
import { readForm } from '#lib/server/read-form.ts';
import { sendBack, sendBackFields } from '#lib/server/refused-form.ts';
import { requireAccount } from '#lib/server/require-account.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const { members } = await membersAt(event);
  return { members };
};

const inviteForm = v.object({ email: emailSchema, role: organizationRoleSchema });

export const actions: Actions = {
  invite: async (event) => {
    const { scope } = await membersAt(event);
    const read = readForm(inviteForm, await event.request.formData());
    if (!read.ok) return sendBackFields(read);
    const verdict = await invite(event.locals.context, await authentication(), { ...read.value, ...scope });
    if (!verdict.ok && verdict.code === 'not-found') error(404);
    if (!verdict.ok) return sendBack(verdict, read.value);
    redirect(303, `${event.url.pathname}?done=invited`);
  },
  withdraw: async (event) => {
    await membersAt(event);
    const verdict = await withdrawInvitation(event.locals.context, { invitationId: await idIn(event, 'invitation') });
    leadBack(event, verdict.ok && 'withdrawn');
  },
  end: async (event) => {
    await membersAt(event);
    const request = { grantId: await idIn(event, 'grant'), keepSession: requireAccount(event).sessionId };
    const verdict = await endRole(event.locals.context, request);
    leadBack(event, verdict.ok && 'ended');
  }
};

type Event = RequestEvent<{ territory: string; organization: string }>;

/** The members, for whoever may see them; a visitor is sent to sign in, anybody else finds nothing. */
async function membersAt(event: Event) {
  requireAccount(event);
  const { id: territoryId } = await territoryAt(event.locals, event.params.territory);
  const organizationId = event.params.organization;
  if (!isId(organizationId)) error(404);
  const scope = { territoryId, organizationId };
  const after = event.url.searchParams.get('after');
  const members = await listMembers(event.locals.context, { ...scope, after: isId(after) ? after : null });
  if (!members) error(404);
  return { members, scope };
}

/** What was done, or nothing when somebody else did it meanwhile: the page then shows how things stand. */
function leadBack({ url }: Event, done: string | false): never {
  redirect(303, done ? `${url.pathname}?done=${done}` : url.pathname);
}

async function idIn({ request }: Event, field: string) {
  const id = (await request.formData()).get(field);
  if (!isId(id)) error(404);
  return id;
}
