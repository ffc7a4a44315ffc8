import { redirect } from '@sveltejs/kit';
import { endRole } from '@terreau/features/accounts/end-role.command';
import { listOwnRoles } from '@terreau/features/accounts/list-own-roles.query';
import { isId } from '@terreau/kernel/ids';
import { sendBack } from '#lib/server/refused-form.ts';
import { requireAccount } from '#lib/server/require-account.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  account: requireAccount(event),
  roles: await listOwnRoles(event.locals.context)
});

export const actions: Actions = {
  giveUp: async (event) => {
    const account = requireAccount(event);
    const grantId = (await event.request.formData()).get('grant');
    if (!isId(grantId)) redirect(303, '/account');
    const verdict = await endRole(event.locals.context, { grantId, keepSession: account.sessionId });
    if (!verdict.ok) return sendBack(verdict);
    redirect(303, '/account?given-up');
  }
};
