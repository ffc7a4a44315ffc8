import { fail } from '@sveltejs/kit';
import { chooseMessages } from '@terreau/features/trust/choose-messages.command';
import { findMessageChoices } from '@terreau/features/trust/find-message-choices.query';
import { messageKindOptions, refusedIn } from '#lib/server/week/message-kinds.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent, and mail scanners that open links refuse nothing. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  setHeaders({ 'cache-control': 'private, no-store' });
  const choices = await findMessageChoices(locals.context, params.token);
  return { choices, kinds: messageKindOptions() };
};

export const actions: Actions = {
  // Whoever came to stop is served first: what they came for, in one press.
  stop: async ({ locals, params }) => {
    const verdict = await chooseMessages(locals.context, { token: params.token, refused: 'this-one' });
    return verdict.ok ? { isSaved: true } : fail(404, { isSaved: false });
  },
  choose: async ({ locals, params, request }) => {
    const refused = refusedIn(await request.formData());
    const verdict = await chooseMessages(locals.context, { token: params.token, refused });
    return verdict.ok ? { isSaved: true } : fail(404, { isSaved: false });
  }
};
