import { error, fail, redirect } from '@sveltejs/kit';
import { erasePerson } from '@terreau/features/trust/erase-person.command';
import { tableWord } from '@terreau/features/trust/export-words.rules';
import { findPerson } from '@terreau/features/trust/find-person.command';
import { displayPhone } from '@terreau/formats/cells';
import { formatNumber, formatShortDate } from '#lib/formats.ts';
import { platform } from '#lib/server/platform.ts';
import { answeringTerritory } from '#lib/server/trust/answering-territory.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import { removeSentCopies } from '#lib/server/trust/sent-copies.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const territory = await answeringTerritory(locals, params.territory, url);
  const verdict = await findPerson(locals.context, { territoryId: territory.id, personId: params.person });
  if (!verdict.ok) error(404);
  const { counts, since, ...person } = verdict.value;
  return {
    ...person,
    phone: person.phone && displayPhone(person.phone),
    since: formatShortDate(since, territory.timeZone),
    counts: counts.map(({ table, count }) => ({
      title: tableWord(table, locals.language),
      count: formatNumber(count)
    }))
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    const territory = await answeringTerritory(locals, params.territory, url);
    const typedName = formText(await request.formData(), 'name');
    const verdict = await erasePerson(locals.context, {
      territoryId: territory.id,
      personId: params.person,
      typedName
    });
    if (!verdict.ok && verdict.code === 'not-found') error(404);
    if (!verdict.ok) return fail(422, { name: typedName });
    const { settings, files } = await platform();
    await removeSentCopies(settings.dataFolder, verdict.value.messageIds);
    for (const id of verdict.value.fileIds) await files.remove(id);
    redirect(303, `/${territory.slug}/coordination/persons?erased=1`);
  }
};
