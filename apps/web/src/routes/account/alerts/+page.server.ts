import { listSearches } from '@terreau/features/alerts/list-searches.query';
import { requireAccount } from '#lib/server/require-account.ts';
import { alertLine, changeAlert } from '#lib/server/week/alert-list.ts';
import { frequencyOptions } from '#lib/server/week/search-words.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

const HERE = '/account/alerts';

export const load: PageServerLoad = async (event) => {
  requireAccount(event);
  const own = await listSearches(event.locals.context, null);
  return { searches: (own?.searches ?? []).map(alertLine), frequencies: frequencyOptions() };
};

export const actions: Actions = {
  change: (event) => {
    requireAccount(event);
    return changeAlert(event, null, HERE);
  },
  remove: (event) => {
    requireAccount(event);
    return changeAlert(event, null, HERE);
  }
};
