import { fail, redirect } from '@sveltejs/kit';
import { confirmSearch } from '@terreau/features/alerts/confirm-search.command';
import { listSearches } from '@terreau/features/alerts/list-searches.query';
import { alertLine, changeAlert } from '#lib/server/week/alert-list.ts';
import { frequencyOptions } from '#lib/server/week/search-words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent, and mail scanners that open links start nothing. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  setHeaders({ 'cache-control': 'private, no-store' });
  const own = await listSearches(locals.context, params.token);
  return {
    isKnown: own !== null,
    toConfirm: own?.toConfirm ? alertLine(own.toConfirm) : null,
    searches: (own?.searches ?? []).map(alertLine),
    frequencies: frequencyOptions()
  };
};

const here = (token: string) => `/alerts/${encodeURIComponent(token)}`;

export const actions: Actions = {
  confirm: async ({ locals, params }) => {
    const verdict = await confirmSearch(locals.context, params.token);
    if (!verdict.ok) return fail(404, { problem: null });
    redirect(303, `${here(params.token)}?confirmed`);
  },
  change: (event) => changeAlert(event, event.params.token, here(event.params.token)),
  remove: (event) => changeAlert(event, event.params.token, here(event.params.token))
};
