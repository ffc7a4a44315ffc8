import { fail } from '@sveltejs/kit';
import { findCalendarLink } from '@terreau/features/support/find-calendar-link.query';
import { CALENDAR_SHOWS, makeCalendarLink } from '@terreau/features/support/make-calendar-link.command';
import { revokeCalendarLink } from '@terreau/features/support/revoke-calendar-link.command';
import { platform } from '#lib/server/platform.ts';
import { requireAccount } from '#lib/server/require-account.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  requireAccount(event);
  return { link: await findCalendarLink(event.locals.context) };
};

export const actions: Actions = {
  make: async (event) => {
    requireAccount(event);
    const asked = String((await event.request.formData()).get('shows') ?? '');
    const shows = CALENDAR_SHOWS.find((one) => one === asked) ?? 'times';
    const verdict = await makeCalendarLink(event.locals.context, { shows });
    if (!verdict.ok) return fail(404, { address: null, isRevoked: false });
    // Shown in this answer and never again: it is in no address of ours.
    return { address: `${(await platform()).settings.origin}/calendar/${verdict.value}`, isRevoked: false };
  },
  revoke: async (event) => {
    requireAccount(event);
    const verdict = await revokeCalendarLink(event.locals.context);
    if (!verdict.ok) return fail(404, { address: null, isRevoked: false });
    return { address: null, isRevoked: true };
  }
};
