import { redirect } from '@sveltejs/kit';
import { signOut } from '@terreau/features/accounts/sign-out.command';
import { authentication, setCookies, visitOf } from '#lib/server/auth.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  if (!locals.account) redirect(303, '/');
  const { grants } = locals.context.actor;
  return {
    name: locals.account.name,
    // Whoever writes notes may have some that wait on this device.
    writesNotes: grants.some(({ role }) => role === 'facilitator' || role === 'expert')
  };
};

export const actions: Actions = {
  default: async (event) => {
    // Notes that wait on this device, their key, and the names of dossiers go with the session.
    event.setHeaders({ 'clear-site-data': '"storage"' });
    setCookies(event, await signOut(await authentication(), visitOf(event)));
    redirect(303, '/');
  }
};
