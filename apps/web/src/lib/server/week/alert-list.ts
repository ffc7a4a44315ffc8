import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { isFrequency } from '@terreau/features/alerts/alerts.schema';
import { changeSearch } from '@terreau/features/alerts/change-search.command';
import type { ListedSearch } from '@terreau/features/alerts/list-searches.query';
import { searchHref } from '@terreau/features/alerts/search-address.rules';
import { formText } from '#lib/server/trust/form-text.ts';

/** A saved search as the list shows it. */
export function alertLine(search: ListedSearch) {
  const { id, label, frequency, territory, territorySlug } = search;
  return { id, label, frequency, territory, href: searchHref(territorySlug, search) };
}

/** One gesture of the list, on one's own search: another rhythm, or nothing any more; then the list again at `here`. */
export async function changeAlert(event: RequestEvent, token: string | null, here: string) {
  const form = await event.request.formData();
  const frequency = event.url.searchParams.has('/remove') ? 'remove' : formText(form, 'frequency');
  if (frequency !== 'remove' && !isFrequency(frequency)) return fail(422, { problem: null });
  const searchId = formText(form, 'search');
  const verdict = await changeSearch(event.locals.context, { token, searchId, frequency });
  // Gone already, or never theirs: the list shows what there is.
  if (!verdict.ok) redirect(303, here);
  redirect(303, `${here}?${frequency === 'remove' ? 'removed' : 'changed'}`);
}
