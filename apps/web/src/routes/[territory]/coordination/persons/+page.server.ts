import { error, fail } from '@sveltejs/kit';
import { findPersons } from '@terreau/features/trust/find-persons.command';
import { displayPhone } from '@terreau/formats/cells';
import { formatShortDate } from '#lib/formats.ts';
import { answeringTerritory } from '#lib/server/trust/answering-territory.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  await answeringTerritory(locals, params.territory, url);
  return { isErased: url.searchParams.has('erased') };
};

export const actions: Actions = {
  // A name in an address would stay in histories and logs: it is sent with the form.
  default: async ({ locals, params, request, url }) => {
    const territory = await answeringTerritory(locals, params.territory, url);
    const words = formText(await request.formData(), 'words');
    const verdict = await findPersons(locals.context, { territoryId: territory.id, words });
    if (!verdict.ok && verdict.code === 'not-found') error(404);
    if (!verdict.ok) return fail(422, { words, isTooShort: true, found: null });
    const { persons, hasMore } = verdict.value;
    const found = persons.map((person) => ({
      ...person,
      phone: person.phone && displayPhone(person.phone),
      since: formatShortDate(person.since, territory.timeZone)
    }));
    return { words, isTooShort: false, found: { persons: found, hasMore } };
  }
};
